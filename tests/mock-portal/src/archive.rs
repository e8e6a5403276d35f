//! The archive that a backup leaves: small, real, and the same for the same job (contract §17).

use crate::gzip;

const BLOCK: usize = 512;
const STORED_FILES: [(&str, &str, &str); 3] = [
    ("files", "", "folder_1000/file_1/v1/content.docx"),
    ("files", "templates", "invoice.xlsx"),
    ("logo", "", "logo_dark.png"),
];

/// What an archive depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Contents<'a> {
    /// The task's id, so that no two archives are alike.
    pub(crate) id: &'a str,
    pub(crate) dump: bool,
    /// Files were skipped, and are listed as missing.
    pub(crate) incomplete: bool,
    /// So many bytes more than the least.
    pub(crate) padding: usize,
}

/// A whole `.tar.gz`.
pub(crate) fn tar_gz(contents: Contents<'_>) -> Vec<u8> {
    gzip::wrap(&tar(contents))
}

fn tar(contents: Contents<'_>) -> Vec<u8> {
    let mut archive = Vec::new();
    database(&mut archive, contents);
    let beginning = if contents.dump { "storage/" } else { "" };
    for (module, domain, path) in STORED_FILES {
        let place = [module, domain, path].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        entry(&mut archive, &format!("{beginning}{place}"), format!("{place} of {}", contents.id).as_bytes());
    }
    if contents.padding > 0 {
        entry(&mut archive, &format!("{beginning}files/padding.bin"), &noise(contents));
    }
    entry(&mut archive, "storage/restore_info", restore_info(contents).as_bytes());
    if contents.incomplete {
        entry(&mut archive, "storage/missing_info", MISSING.as_bytes());
    }
    archive.extend([0; 2 * BLOCK]);
    archive
}

const MISSING: &str = "<storage_missing><file><domain></domain><module>files</module>\
    <path>folder_1000/file_2/v1/content.docx</path><error>The file could not be read.</error></file></storage_missing>";

fn database(archive: &mut Vec<u8>, contents: Contents<'_>) {
    if contents.dump {
        entry(archive, "dump", b"True");
        entry(archive, "/databases/scheme/tenants_tenants", b"CREATE TABLE `tenants_tenants` (`id` int NOT NULL);\n");
        entry(archive, "/databases/data/tenants_tenants", b"REPLACE INTO `tenants_tenants` (`id`) VALUES (1);\n");
        return;
    }
    for table in ["tenants_tenants", "core_user", "files_file"] {
        let rows = format!("<NewDataSet><{table}><id>1</id></{table}></NewDataSet>");
        entry(archive, &format!("databases/core/{table}"), rows.as_bytes());
    }
}

fn restore_info(contents: Contents<'_>) -> String {
    let tenant = if contents.dump { "<tenant>1</tenant>" } else { "" };
    let padding = (contents.padding > 0).then_some(("files", "", "padding.bin"));
    let files = STORED_FILES.into_iter().chain(padding).map(|(module, domain, path)| {
        format!("<file><domain>{domain}</domain><module>{module}</module><path>{path}</path>{tenant}</file>")
    });
    format!("<storage_restore>{}</storage_restore>", files.collect::<String>())
}

/// Bytes of no pattern, always the same ones for the same job.
fn noise(contents: Contents<'_>) -> Vec<u8> {
    let mut state = contents.id.bytes().fold(0x9e37_79b9_u32, |seed, byte| seed.rotate_left(5) ^ u32::from(byte)) | 1;
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as u8
    };
    std::iter::repeat_with(next).take(contents.padding).collect()
}

/// An entry of the old, plain form, which knows names up to 100 bytes.
fn entry(archive: &mut Vec<u8>, name: &str, content: &[u8]) {
    let mut head = [0_u8; BLOCK];
    let mut field = |at: usize, text: &str| head[at..at + text.len()].copy_from_slice(text.as_bytes());
    field(0, name);
    field(100, "0000644\0");
    field(108, "0000000\0");
    field(116, "0000000\0");
    field(124, &format!("{:011o}\0", content.len()));
    field(136, "00000000000\0");
    field(148, "        ");
    field(156, "0");
    field(257, "ustar\x0000");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    archive.extend(head);
    archive.extend(content);
    archive.resize(archive.len().next_multiple_of(BLOCK), 0);
}

#[cfg(test)]
mod tests;
