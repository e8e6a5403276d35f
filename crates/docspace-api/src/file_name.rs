//! A name from the portal as a name of ours.

use crate::transport::is_invisible;

/// The longest name that every usual file system takes, in bytes, with room for a suffix such as `.part`.
const LONGEST: usize = 240;

/// Names that are devices on Windows, whatever follows a dot in them.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];
const NUMBERED_DEVICES: [&str; 2] = ["COM", "LPT"];

/// The name as one component of a path: no separator, no `..`, no hidden file, no control or direction character, no name that
/// is reserved somewhere, at most 240 bytes with its ending kept. `None` where nothing of it is left.
pub(crate) fn safe(name: &str) -> Option<String> {
    let visible = name.chars().filter(|c| !is_invisible(*c));
    let plain: String = visible.map(|c| if is_special(c) { '_' } else { c }).collect();
    let bare = plain.trim_matches(|c: char| c == '.' || c.is_whitespace());
    if bare.chars().all(|c| c == '_') {
        return None;
    }
    let short = shorten(bare);
    Some(if is_device(&short) { format!("_{short}") } else { short })
}

fn is_special(c: char) -> bool {
    c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\u{2028}' | '\u{2029}')
}

/// Cuts the stem, not the ending: `.tar.gz` tells what the file is.
fn shorten(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let ending = if name.ends_with(".tar.gz") { ".tar.gz" } else { name.rfind('.').map_or("", |dot| &name[dot..]) };
    let ending = if ending.len() <= 16 { ending } else { "" };
    let end = (0..=LONGEST - ending.len()).rev().find(|end| name.is_char_boundary(*end)).unwrap_or_default();
    format!("{}{ending}", &name[..end])
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = NUMBERED_DEVICES.iter().filter_map(|device| stem.strip_prefix(device));
    DEVICES.contains(&stem.as_str())
        || numbered.into_iter().any(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use std::path::{Component, Path};

    use super::safe;

    fn check(foreign: &str, ours: &str) {
        assert_eq!(safe(foreign).as_deref(), Some(ours), "{foreign:?}");
    }

    #[test]
    fn an_ordinary_name_stays_as_it_is() {
        check("acme_2026-07-29_13-15-30.tar.gz", "acme_2026-07-29_13-15-30.tar.gz");
        check("Архив 1.tar", "Архив 1.tar");
    }

    #[test]
    fn no_name_leaves_the_folder() {
        check("../../etc/x", "_.._etc_x");
        check("/etc/passwd", "_etc_passwd");
        check("C:\\x\\y.tar", "C__x_y.tar");
        check("a\0b\nc\u{1b}[31m", "a_b_c_[31m");
        check("gpj\u{202e}exe.tar", "gpjexe.tar");
        check(".ssh", "ssh");
        check("x.tar. ", "x.tar");
    }

    #[test]
    fn reserved_names_are_no_devices() {
        check("con", "_con");
        check("NUL.tar.gz", "_NUL.tar.gz");
        check("com1.x", "_com1.x");
        check("console.tar", "console.tar");
    }

    #[test]
    fn nothing_is_no_name() {
        for name in ["", ".", "..", "...", " ", "/", "\\\\", "\u{202e}", ". ."] {
            assert_eq!(safe(name), None, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending_and_its_characters_whole() {
        let cut = safe(&format!("{}.tar.gz", "ж".repeat(300))).unwrap();
        assert!(cut.len() <= 240 && cut.ends_with("ж.tar.gz"), "{cut}");
        assert!(safe(&format!("x.{}", "y".repeat(500))).unwrap().len() <= 240);
    }

    #[test]
    fn whatever_comes_is_one_component() {
        let pieces = ["..", "/", "\\", "a", "\0", ":", ".", " ", "con", "\u{202e}", "é"];
        for one in pieces {
            for two in pieces {
                for three in pieces {
                    let Some(name) = safe(&format!("{one}{two}{three}")) else { continue };
                    let parts: Vec<_> = Path::new(&name).components().collect();
                    assert!(matches!(parts[..], [Component::Normal(part)] if part == &*name), "{name:?}");
                }
            }
        }
    }
}
