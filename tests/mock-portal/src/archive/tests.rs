//! What is in an archive, seen by a reader that knows nothing of its writer.

use expect_test::{Expect, expect};

use super::{BLOCK, Contents, tar, tar_gz};

const PLAIN: Contents<'_> = Contents { id: "7f0c", dump: false, incomplete: false, padding: 0 };

fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

/// The names and lengths of the entries, with every header's sum checked.
fn listing(mut archive: &[u8]) -> String {
    let mut listed = String::new();
    while archive[0] != 0 {
        let (head, rest) = archive.split_at(BLOCK);
        let told = u32::from_str_radix(text(&head[148..154]).trim(), 8).unwrap();
        let blank = |(index, byte): (usize, &u8)| if (148..156).contains(&index) { 32 } else { u32::from(*byte) };
        assert_eq!(head.iter().enumerate().map(blank).sum::<u32>(), told);
        let length = usize::from_str_radix(&text(&head[124..135]), 8).unwrap();
        listed.push_str(&format!("{} {length}\n", text(&head[..100])));
        archive = &rest[length.next_multiple_of(BLOCK)..];
    }
    assert_eq!(archive, [0; 2 * BLOCK]);
    listed
}

fn check(contents: Contents<'_>, expected: Expect) {
    expected.assert_eq(&listing(&tar(contents)));
}

#[test]
fn a_portal_backup_has_tables_files_and_their_list() {
    check(
        PLAIN,
        expect![[r#"
        databases/core/tenants_tenants 70
        databases/core/core_user 58
        databases/core/files_file 60
        files/folder_1000/file_1/v1/content.docx 48
        files/templates/invoice.xlsx 36
        logo/logo_dark.png 26
        storage/restore_info 297
    "#]],
    );
}

#[test]
fn a_backup_with_a_warning_ends_with_the_list_of_what_is_missing() {
    let listed = listing(&tar(Contents { incomplete: true, ..PLAIN }));
    assert!(listed.contains("storage/restore_info"), "{listed}");
    assert!(listed.lines().last().is_some_and(|line| line.starts_with("storage/missing_info")), "{listed}");
}

#[test]
fn a_dump_says_so_and_has_schemes_and_data() {
    check(
        Contents { dump: true, ..PLAIN },
        expect![[r#"
        dump 4
        /databases/scheme/tenants_tenants 52
        /databases/data/tenants_tenants 50
        storage/files/folder_1000/file_1/v1/content.docx 48
        storage/files/templates/invoice.xlsx 36
        storage/logo/logo_dark.png 26
        storage/restore_info 351
    "#]],
    );
}

#[test]
fn padding_is_an_entry_more_and_listed_as_one() {
    let padded = Contents { padding: 1000, ..PLAIN };
    let archive = tar(padded);
    assert!(listing(&archive).contains("files/padding.bin 1000\n"));
    assert!(String::from_utf8_lossy(&archive).contains("<path>padding.bin</path>"));
}

#[test]
fn the_same_job_leaves_the_same_bytes_and_another_one_others() {
    assert_eq!(tar_gz(PLAIN), tar_gz(PLAIN));
    assert_ne!(tar_gz(PLAIN), tar_gz(Contents { id: "8f0c", ..PLAIN }));
}
