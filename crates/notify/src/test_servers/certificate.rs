//! A certificate authority that lives as long as the test, and a certificate of it for this machine.

use std::{error::Error, io, sync::Arc};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivatePkcs8KeyDer},
    },
};

/// The authority as PEM, and what accepts TLS with a certificate of it for `localhost` and `127.0.0.1`.
pub(super) fn authority() -> io::Result<(String, TlsAcceptor)> {
    issue().map_err(io::Error::other)
}

fn issue() -> Result<(String, TlsAcceptor), Box<dyn Error + Send + Sync>> {
    let ca_key = KeyPair::generate()?;
    let mut ca = CertificateParams::default();
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca_pem = ca.self_signed(&ca_key)?.pem();
    let key = KeyPair::generate()?;
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let certificate = CertificateParams::new(names)?.signed_by(&key, &Issuer::new(ca, ca_key))?;
    Ok((ca_pem, TlsAcceptor::from(Arc::new(config(certificate.der().clone(), &key)?))))
}

fn config(certificate: CertificateDer<'static>, key: &KeyPair) -> Result<ServerConfig, tokio_rustls::rustls::Error> {
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
}
