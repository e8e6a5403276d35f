//! Which settings file is read.

use std::{fs, path::Path};

use expect_test::{Expect, expect};
use tempfile::TempDir;

use super::{compare, told};
use crate::{
    arguments::GlobalArguments,
    settings::{Environment, Settings},
};

/// The file that is found in a folder with these files (all sound), or what is wrong; the folder reads DIR.
fn check(files: &[&str], flag: Option<&str>, variables: &[(&str, &str)], expected: Expect) {
    let folder = TempDir::new().unwrap();
    let inside = |name: &str| folder.path().join(name);
    files.iter().for_each(|name| write(&inside(name)));
    let global = GlobalArguments { config: flag.map(inside), ..GlobalArguments::default() };
    let variables: Vec<(&str, String)> =
        variables.iter().map(|(name, value)| (*name, inside(value).display().to_string())).collect();
    let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let environment = Environment::of(&variables, "");
    let found = match Settings::load(&global, &environment) {
        Ok(settings) => format!("{:?}\n", settings.path().map(|path| (path.value.display(), path.origin.to_string()))),
        Err(mistake) => told([&mistake]),
    };
    compare(expected, &found.replace(folder.path().to_str().unwrap(), "DIR"));
}

fn write(path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, "[portals.main]\n").unwrap();
}

#[test]
fn a_named_file_wins_over_the_usual_places() {
    let files = ["a.toml", "b.toml", "docspace-backup/config.toml", ".config/docspace-backup/config.toml"];
    let variables = [("DOCSPACE_BACKUP_CONFIG", "b.toml"), ("XDG_CONFIG_HOME", ""), ("HOME", "")];
    check(
        &files,
        Some("a.toml"),
        &variables,
        expect![[r#"
        Some(("DIR/a.toml", "--config"))
    "#]],
    );
    check(
        &files,
        None,
        &variables,
        expect![[r#"
        Some(("DIR/b.toml", "DOCSPACE_BACKUP_CONFIG"))
    "#]],
    );
    check(
        &files,
        None,
        &variables[1..],
        expect![[r#"
        Some(("DIR/docspace-backup/config.toml", "default"))
    "#]],
    );
    check(
        &files,
        None,
        &variables[2..],
        expect![[r#"
        Some(("DIR/.config/docspace-backup/config.toml", "default"))
    "#]],
    );
    check(
        &[],
        None,
        &variables[1..],
        expect![[r#"
        None
    "#]],
    );
    check(
        &files,
        None,
        &[],
        expect![[r#"
        None
    "#]],
    );
}

#[test]
fn a_named_file_must_be_there() {
    check(
        &[],
        Some("a.toml"),
        &[],
        expect![[r#"
        settings file (--config): there is no file DIR/a.toml
          hint: name a file that can be read; `docspace-backup config init PATH` writes one to start from
    "#]],
    );
    check(
        &[],
        None,
        &[("DOCSPACE_BACKUP_CONFIG", "b.toml")],
        expect![[r#"
        settings file (DOCSPACE_BACKUP_CONFIG): there is no file DIR/b.toml
          hint: name a file that can be read; `docspace-backup config init PATH` writes one to start from
    "#]],
    );
    check(
        &[],
        Some(""),
        &[],
        expect![[r#"
        settings file (--config): DIR/ is a directory, not a file
          hint: name a file that can be read; `docspace-backup config init PATH` writes one to start from
    "#]],
    );
}

#[test]
fn a_directory_in_a_usual_place_is_told() {
    check(
        &["docspace-backup/config.toml/x"],
        None,
        &[("XDG_CONFIG_HOME", "")],
        expect![[r#"
        settings file: DIR/docspace-backup/config.toml is a directory, not a file
          hint: name a file that can be read; `docspace-backup config init PATH` writes one to start from
    "#]],
    );
}

#[test]
fn paths_count_from_the_folder_of_the_file_or_the_home() {
    let text = "[portals.main]\nca_file = \"ca.pem\"\napi_key = { file = \"~/key\" }\n[portals.b]\nca_file = \"/x\"\n";
    let (global, environment) = (GlobalArguments::default(), Environment::of(&[("HOME", "/home/ann")], ""));
    let settings = super::sound(text, &global, &environment);
    let plans = settings.profile_plans();
    let paths: Vec<_> = plans.iter().map(|plan| (&plan.ca_file, &plan.api_key)).collect();
    expect![[r#"
        [
            (
                Some(
                    Setting {
                        value: "/x",
                        origin: File {
                            path: "/etc/c.toml",
                            line: 5,
                        },
                    },
                ),
                None,
            ),
            (
                Some(
                    Setting {
                        value: "/etc/ca.pem",
                        origin: File {
                            path: "/etc/c.toml",
                            line: 2,
                        },
                    },
                ),
                Some(
                    Setting {
                        value: SecretSource(file /home/ann/key),
                        origin: File {
                            path: "/etc/c.toml",
                            line: 3,
                        },
                    },
                ),
            ),
        ]
    "#]]
    .assert_debug_eq(&paths);
}
