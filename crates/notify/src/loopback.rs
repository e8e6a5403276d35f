//! Whether an address can only lead to this machine, which is what makes plain text acceptable.

use url::Host;

/// `localhost`, a name below it, or an address of the loopback networks.
pub(crate) fn is_loopback<S: AsRef<str>>(host: &Host<S>) -> bool {
    match host {
        Host::Domain(name) => {
            let name = name.as_ref().to_ascii_lowercase();
            name == "localhost" || name.ends_with(".localhost")
        }
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_this_machine_are_loopback() {
        let own = |host: &str| is_loopback(&Host::parse(host).unwrap());
        assert!(["localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "127.9.9.9", "[::1]"].into_iter().all(own));
        assert!(!["localhost.evil.com", "127.0.0.1.nip.io", "0.0.0.0", "10.0.0.1", "[::2]"].into_iter().any(own));
    }
}
