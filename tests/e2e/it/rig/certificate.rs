//! Certificates of an authority that lives as long as a test, good ones and bad ones.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivatePkcs8KeyDer},
};
use tokio_rustls::TlsAcceptor;

/// What a server shows for itself.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Certificate {
    /// Signed by the authority, for that name.
    For(&'static str),
    /// The same, but its time was over years ago.
    Expired(&'static str),
    /// The same, but its time comes in years.
    NotYetValid(&'static str),
    /// Signed by itself, for that name; the authority knows nothing of it.
    SelfSigned(&'static str),
}

impl Certificate {
    /// The authority as PEM, and what accepts TLS with the certificate.
    pub(crate) fn issue(self) -> (String, TlsAcceptor) {
        let ca_key = KeyPair::generate().unwrap();
        let mut ca = CertificateParams::default();
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let ca_pem = ca.self_signed(&ca_key).unwrap().pem();
        let key = KeyPair::generate().unwrap();
        let params = self.params();
        let certificate = match self {
            Self::SelfSigned(_) => params.self_signed(&key).unwrap(),
            Self::For(_) | Self::Expired(_) | Self::NotYetValid(_) => {
                params.signed_by(&key, &Issuer::new(ca, ca_key)).unwrap()
            }
        };
        let config = server_config(certificate.der().clone(), &key);
        (ca_pem, TlsAcceptor::from(Arc::new(config)))
    }

    fn params(self) -> CertificateParams {
        let (Self::For(name) | Self::Expired(name) | Self::NotYetValid(name) | Self::SelfSigned(name)) = self;
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        match self {
            Self::Expired(_) => params.not_after = date_time_ymd(2020, 1, 1),
            Self::NotYetValid(_) => params.not_before = date_time_ymd(2090, 1, 1),
            Self::For(_) | Self::SelfSigned(_) => {}
        }
        params
    }
}

fn server_config(certificate: CertificateDer<'static>, key: &KeyPair) -> ServerConfig {
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], PrivatePkcs8KeyDer::from(key.serialize_der()).into())
        .unwrap()
}
