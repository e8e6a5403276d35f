//! Zipped answers with which something is wrong.

/// No name, no time, no system.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// The codes of deflate's fixed tables, most significant bit first, each with its length in bits.
const LITERAL_SPACE: (u32, u32) = (0x30 + 0x20, 8);
const LENGTH_258: (u32, u32) = (0b1100_0101, 8);
const DISTANCE_1: (u32, u32) = (0, 5);

/// The length of one repetition.
const REPEATED: usize = 258;

/// Spaces that take up so many bytes once they are unpacked, a little more perhaps. The end of the stream is missing:
/// whoever gets there has unpacked it all.
pub(super) fn bomb(unpacked: usize) -> Vec<u8> {
    let mut bits = Bits { bytes: HEAD.to_vec(), partial: 0, count: 0 };
    bits.push(1); // the last block
    bits.push(1); // with the fixed tables, a two-bit number whose low bit comes first
    bits.push(0);
    bits.code(LITERAL_SPACE);
    for _ in 0..unpacked.div_ceil(REPEATED) {
        bits.code(LENGTH_258);
        bits.code(DISTANCE_1);
    }
    bits.bytes
}

/// Bits in the order in which deflate packs them into bytes.
struct Bits {
    bytes: Vec<u8>,
    partial: u8,
    count: u32,
}

impl Bits {
    fn push(&mut self, bit: u8) {
        self.partial |= bit << self.count;
        self.count += 1;
        if self.count == 8 {
            self.bytes.push(self.partial);
            (self.partial, self.count) = (0, 0);
        }
    }

    fn code(&mut self, (code, length): (u32, u32)) {
        for place in (0..length).rev() {
            self.push(u8::from(code >> place & 1 == 1));
        }
    }
}

/// What begins like gzip and is none.
pub(super) fn broken() -> Vec<u8> {
    HEAD.into_iter().chain([0xff; 500]).collect()
}
