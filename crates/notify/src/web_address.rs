//! Addresses that may become links.

use url::Url;

/// `text` as an address of the web, written without spaces, brackets, bars and quotes that could end a link; `None`
/// for every other text, and for an address that is longer than `limit`: a part of one leads nowhere.
pub(crate) fn web_address(text: &str, limit: usize) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    let address = url.as_str().replace('|', "%7C").replace('\\', "%5C").replace('`', "%60").replace('\'', "%27");
    (matches!(url.scheme(), "http" | "https") && address.len() <= limit).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_links_and_they_end_where_they_should() {
        let link = |text| web_address(text, 100);
        assert_eq!(link(" https://example.com/a?b=c&d \n"), Some("https://example.com/a?b=c&d".into()));
        let evil = link("https://example.com/<!here>|\"x' y#`<b>\"|>").unwrap();
        assert!(!evil.contains(['<', '>', '"', '\'', ' ', '|', '`']), "{evil}");
        for other in ["javascript:alert(1)", "tg://user?id=1", "example.com", "see https://example.com", ""] {
            assert_eq!(link(other), None, "{other}");
        }
        assert_eq!(web_address("https://example.com/", 10), None);
    }
}
