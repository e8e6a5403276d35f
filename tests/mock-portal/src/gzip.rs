//! A gzip stream that packs nothing, so that an archive is as large as it is meant to be (RFC 1951, RFC 1952).

/// No name, no time, no system.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
const LARGEST_BLOCK: usize = 0xffff;

pub(crate) fn wrap(content: &[u8]) -> Vec<u8> {
    let mut stream = HEAD.to_vec();
    let last = content.len().saturating_sub(1) / LARGEST_BLOCK;
    for (index, block) in content.chunks(LARGEST_BLOCK).enumerate() {
        stored(&mut stream, block, index == last);
    }
    if content.is_empty() {
        stored(&mut stream, content, true);
    }
    stream.extend(checksum(content).to_le_bytes());
    stream.extend((content.len() as u32).to_le_bytes());
    stream
}

fn stored(stream: &mut Vec<u8>, block: &[u8], last: bool) {
    let length = block.len() as u16;
    stream.push(u8::from(last));
    stream.extend(length.to_le_bytes());
    stream.extend((!length).to_le_bytes());
    stream.extend(block);
}

/// CRC-32 as gzip has it.
fn checksum(content: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|byte| {
        (0..8).fold(byte as u32, |value, _| (value >> 1) ^ if value & 1 == 1 { 0xedb8_8320 } else { 0 })
    });
    !content.iter().fold(!0, |sum: u32, byte| (sum >> 8) ^ table[((sum ^ u32::from(*byte)) & 0xff) as usize])
}

#[cfg(test)]
mod tests {
    use super::{checksum, wrap};

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        assert_eq!(checksum(b""), 0);
    }

    #[test]
    fn a_stream_is_longer_than_its_content_by_its_frame_alone() {
        for (length, blocks) in [(0, 1), (1, 1), (65_535, 1), (65_536, 2), (131_070, 2)] {
            assert_eq!(wrap(&vec![7; length]).len(), 10 + length + 5 * blocks + 8, "{length}");
        }
        assert_eq!(wrap(b"abc")[10..18], [1, 3, 0, 0xfc, 0xff, b'a', b'b', b'c']);
    }
}
