//! What the program must never write, in whatever form.

use base64::{Engine, engine::general_purpose::STANDARD};

/// Secrets, each in the forms in which it could get out.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    pub(crate) fn new(secrets: impl IntoIterator<Item = &'static str>) -> Self {
        let mut all = Self::default();
        secrets.into_iter().for_each(|secret| all.add(secret));
        all
    }

    pub(crate) fn add(&mut self, secret: &str) {
        assert!(secret.len() >= 8, "{secret:?} is too short to be looked for");
        let bare = ["sk-", "whsec_"].into_iter().find_map(|prefix| secret.strip_prefix(prefix)).unwrap_or(secret);
        self.0.extend([bare.to_owned(), STANDARD.encode(secret), STANDARD.encode(bare)]);
    }

    /// How many of them, counting each form, are somewhere in these bytes.
    pub(crate) fn found_in(&self, bytes: &[u8]) -> usize {
        let is_in = |secret: &&String| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        self.0.iter().filter(is_in).count()
    }

    /// Panics when one of them is in what a call wrote; the message does not hold it either.
    #[track_caller]
    pub(crate) fn check(&self, line: &str, outputs: &[&str]) {
        for (number, secret) in self.0.iter().enumerate() {
            let leaky = outputs.iter().flat_map(|output| output.lines()).find(|line| line.contains(secret.as_str()));
            if let Some(leaky) = leaky {
                panic!("secret {number} got out of `{line}`: {}", leaky.replace(secret.as_str(), "[SECRET]"));
            }
        }
    }
}

#[test]
#[should_panic(expected = "secret 1 got out of `run`: x [SECRET] y")]
fn a_secret_is_found_in_any_form() {
    let output = format!("x {} y", STANDARD.encode("sk-0123456789"));
    let secrets = Secrets::new(["sk-0123456789"]);
    assert_eq!(secrets.found_in(output.as_bytes()), 2, "with and without its first letters");
    secrets.check("run", &["fine", &output]);
}
