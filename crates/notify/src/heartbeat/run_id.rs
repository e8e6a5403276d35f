//! The number of a run, as Healthchecks wants it: a UUID.

use sha2::{Digest, Sha256};

/// Where the hyphens of a UUID stand.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

/// `id` itself if it is a UUID, else one that is the same for the same `id` (version 8, from its SHA-256).
pub(super) fn run_id(id: &str) -> String {
    if is_uuid(id) {
        return id.to_ascii_lowercase();
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&Sha256::digest(id)[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut digits = String::with_capacity(36);
    for byte in bytes {
        if HYPHENS.contains(&digits.len()) {
            digits.push('-');
        }
        digits += &format!("{byte:02x}");
    }
    digits
}

fn is_uuid(text: &str) -> bool {
    let fits = |(at, byte): (usize, u8)| if HYPHENS.contains(&at) { byte == b'-' } else { byte.is_ascii_hexdigit() };
    text.len() == 36 && text.bytes().enumerate().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_stays_and_anything_else_becomes_one_that_is_always_the_same() {
        let uuid = "0198F2C4-6a34-7d12-9a6b-0f5f8a3c7e21";
        assert_eq!(run_id(uuid), uuid.to_ascii_lowercase());
        expect_test::expect!["4ce9792f-11b2-82ed-81de-c4ca8928dc7b"].assert_eq(&run_id("0198f2c4"));
        for id in ["", "0198f2c5", "0198F2C4-6a34-7d12-9a6b-0f5f8a3c7e2g", "&rid=x", &"я".repeat(50_000)] {
            assert!(is_uuid(&run_id(id)), "{id}");
            assert_ne!(run_id(id), run_id("0198f2c4"), "{id}");
        }
    }
}
