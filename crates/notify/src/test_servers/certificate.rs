//! A certificate authority that lives as long as the test, and a certificate of it for this machine.

use std::{error::Error, io, sync::Arc};

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivatePkcs8KeyDer},
    },
};

/// An authority as PEM, and what accepts TLS with a certificate of it for these hosts.
pub(crate) fn authority(hosts: &[&str]) -> io::Result<(String, TlsAcceptor)> {
    issue(hosts).map_err(io::Error::other)
}

fn issue(hosts: &[&str]) -> Result<(String, TlsAcceptor), Box<dyn Error + Send + Sync>> {
    let ca_key = KeyPair::generate()?;
    let mut ca = CertificateParams::default();
    let unique = format!("test authority {:02x?}", ca_key.public_key_raw().last_chunk::<8>());
    ca.distinguished_name.push(DnType::CommonName, unique);
    ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let ca_pem = ca.self_signed(&ca_key)?.pem();
    let key = KeyPair::generate()?;
    let hosts: Vec<_> = hosts.iter().map(ToString::to_string).collect();
    let certificate = CertificateParams::new(hosts)?.signed_by(&key, &Issuer::new(ca, ca_key))?;
    Ok((ca_pem, TlsAcceptor::from(Arc::new(config(certificate.der().clone(), &key)?))))
}

fn config(certificate: CertificateDer<'static>, key: &KeyPair) -> Result<ServerConfig, tokio_rustls::rustls::Error> {
    ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![certificate], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
}
