//! The signature of Standard Webhooks, version 1.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretBox, SecretString};
use sha2::Sha256;

/// The bytes to sign with.
pub(super) struct SigningKey(SecretBox<[u8]>);

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey([REDACTED])")
    }
}

impl SigningKey {
    /// Reads `whsec_<base64>`; anything else is the key itself.
    pub(super) fn new(secret: &SecretString) -> Result<Self, &'static str> {
        let secret = secret.expose_secret().trim();
        let key = match secret.strip_prefix("whsec_") {
            Some(encoded) => STANDARD.decode(encoded).map_err(|_| "the signing secret after whsec_ is no base64")?,
            None => secret.as_bytes().to_vec(),
        };
        if key.is_empty() {
            return Err("the signing secret is empty");
        }
        Ok(Self(SecretBox::from(key)))
    }

    /// The value of the header `webhook-signature`.
    pub(super) fn sign(&self, id: &str, timestamp: &str, body: &str) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.0.expose_secret()).expect("HMAC takes keys of any length");
        mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}
