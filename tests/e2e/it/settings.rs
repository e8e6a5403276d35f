//! Settings from flags, environment and file: which wins, and the commands about the file itself.

use expect_test::expect;
use mock_portal::DEMO_KEY;

use crate::rig::{Program, Sink, portal};

#[tokio::test]
async fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let portal = portal().await;
    let elsewhere = "https://nonexistent.invalid";
    let program = Program::of(&portal).env("DOCSPACE_API_HOST", elsewhere);
    program.run(&format!("status --host {}", portal.url())).await.exits(0);
    let in_file = |host: &str| format!("[portals.main]\nhost = \"{host}\"\n");
    let program = Program::of(&portal).settings_alone(&in_file(elsewhere));
    program.run("status").await.exits(0);
    let program = program.without("DOCSPACE_API_HOST").settings_alone(&in_file(&portal.url()));
    program.run("status").await.exits(0);
    let program = program.env("DOCSPACE_BASE_URL", elsewhere);
    program.run(&format!("status --host {}", portal.url())).await.exits(0);
    assert_eq!(portal.calls().len(), 4);
}

#[tokio::test]
async fn a_key_is_found_wherever_it_may_be() {
    let portal = portal().await;
    let keyless = || Program::of(&portal).without("DOCSPACE_API_KEY").file("key", DEMO_KEY);
    keyless().run("status --api-key-file key").await.exits(0);
    keyless().env("DOCSPACE_API_KEY_FILE", "key").run("status").await.exits(0);
    let program = keyless().file("docspace-api-key", DEMO_KEY);
    let folder = program.path("").display().to_string();
    program.env("CREDENTIALS_DIRECTORY", &folder).run("status").await.exits(0);
    let profile = "[portals.main]\napi_key = { file = \"../../key\" }\n";
    keyless().settings_alone(profile).run("status").await.exits(0);
    let profile = "[portals.main]\napi_key = { command = [\"cat\", \"key\"] }\n";
    keyless().settings_alone(profile).run("status").await.exits(0);
}

#[tokio::test]
async fn a_profile_is_chosen_by_flag_or_variable() {
    let portal = portal().await;
    let profiles = format!(
        "default_portal = \"a\"\n[portals.a]\nhost = \"https://nonexistent.invalid\"\n[portals.b]\nhost = \"{}\"\n",
        portal.url()
    );
    let program = Program::of(&portal).without("DOCSPACE_API_HOST").settings_alone(&profiles);
    let told = program.run("status --portal b --output json").await;
    assert_eq!(told.exits(0).json()["portal"]["name"], "b");
    program.env("DOCSPACE_PORTAL", "b").run("status").await.exits(0);
}

#[tokio::test]
async fn the_file_says_what_a_run_does() {
    let portal = portal().await;
    let program = Program::of(&portal).add_settings("folder = 123\ndump = true\nif_running = \"wait\"\n");
    let document = program.run("run --output json").await.exits(0).json();
    assert_eq!(document["backup"]["storage"], "documents");
    assert_eq!(document["backup"]["dump"], true);
    let document = program.run("run --dump=false --storage temporary --output json").await.exits(0).json();
    assert_eq!(document["backup"]["storage"], "temporary");
    assert_eq!(document["backup"]["dump"], false);
}

#[tokio::test]
async fn a_proxy_of_the_environment_gets_nothing_that_stays_on_this_machine() {
    let (portal, proxy) = (portal().await, Sink::answering(502, "").await);
    let mut program = Program::of(&portal);
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
        program = program.env(name, proxy.url().split("/services").next().unwrap());
    }
    program.run("run --no-notify").await.exits(0);
    assert_eq!(portal.starts(), 1);
}

#[tokio::test]
async fn the_file_that_init_writes_is_understood() {
    let portal = portal().await;
    let program = Program::of(&portal);
    let init = program.run("config init new.toml").await;
    init.exits(0);
    program.run("config init new.toml").await.exits(2);
    program.run("config init --force new.toml").await.exits(0);
    let text = std::fs::read_to_string(program.path("new.toml")).unwrap();
    assert!(text.contains("[portals.main]"), "{text}");
    let shown = program.run("config show --config new.toml --output json").await;
    assert_eq!(shown.exits(0).json()["kind"], "settings");
    assert_eq!(portal.calls(), []);
}

#[tokio::test]
async fn the_settings_in_force_are_shown_with_their_origins() {
    let portal = portal().await;
    let program = Program::of(&portal).add_settings("folder = 123\n[notify.console]\ntype = \"stdout\"\n");
    program.run("config show").await.shows(expect![[r#"
        $ docspace-backup config show
        exit code 0
        --- stdout
        settings file: [HOME]/config/docspace-backup/config.toml (default)
        portal.name             main                                 default
        portal.host             http://127.0.0.1:[PORT]               DOCSPACE_API_HOST
        portal.api_key          (secret, from env DOCSPACE_API_KEY)  DOCSPACE_API_KEY
        portal.allow_http       false                                default
        portal.connect_timeout  2s                                   [HOME]/config/docspace-backup/config.toml:2
        portal.request_timeout  2s                                   [HOME]/config/docspace-backup/config.toml:3
        portal.retry_for        3s                                   [HOME]/config/docspace-backup/config.toml:4
        run.storage             documents                            default
        run.folder              123                                  [HOME]/config/docspace-backup/config.toml:7
        run.dump                false                                default
        run.if_running          fail                                 default
        run.allow_paid          false                                default
        run.timeout             6h                                   default
        run.stall_timeout       30m                                  default
        run.recheck_after       2s                                   [HOME]/config/docspace-backup/config.toml:6
        delivery.give_up_after  72h                                  default
        delivery.remind_first   1h                                   default
        delivery.remind_every   20h                                  default
        notify.console.type     stdout                               [HOME]/config/docspace-backup/config.toml:8
        --- stderr
    "#]]);
    assert_eq!(portal.calls(), []);
}

#[tokio::test]
async fn files_for_shells_and_manuals_are_generated() {
    let program = Program::alone();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = program.run(&format!("generate completions {shell}")).await;
        assert!(script.exits(0).stdout.contains("docspace-backup"), "{script}");
        assert_eq!(script.stderr, "");
    }
    let page = program.run("generate man").await;
    assert!(page.exits(0).stdout.contains(".TH docspace-backup 1"), "{page}");
    program.run("generate man pages").await.exits(0);
    let pages = std::fs::read_dir(program.path("pages")).unwrap().count();
    assert!(pages > 10, "{pages} pages");
}
