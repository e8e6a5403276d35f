//! Text as it stands in an address.

/// Puts the characters back that `%XX` stands for; what is no such code stays as it is.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = (*first == b'%').then(|| after.get(..2).and_then(hexadecimal)).flatten();
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Text as one part of an address: everything but letters, digits and `-._~` becomes a code.
pub(crate) fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u8::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn codes_become_characters_and_the_rest_stays() {
        assert_eq!(decode("a%20b%C3%A9+c"), "a bé+c");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(encode("a b/é.gz"), "a%20b%2F%C3%A9.gz");
        assert_eq!(decode("%+1%zz%4"), "%+1%zz%4");
    }
}
