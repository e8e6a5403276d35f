//! Servers for tests, one process with the code under test: real sockets, real TLS, faults on demand.
//!
//! ```
//! use notify::test_servers::{Fault, Security, SmtpServer};
//!
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! let server = SmtpServer::new(Security::StartTls)
//!     .login("backup", "secret")
//!     .fault("RCPT TO:<gone@", Fault::Answer("550 5.1.1 no such user"))
//!     .start()
//!     .await?;
//! println!("{} with the certificate authority {}", server.url(), server.ca_pem());
//! assert_eq!(server.mails().len(), 0);
//! # Ok::<(), std::io::Error>(()) })?;
//! # Ok::<(), std::io::Error>(())
//! ```

pub(crate) mod certificate;
#[cfg(feature = "email")]
mod smtp;
#[cfg(feature = "email")]
mod smtp_session;

#[cfg(feature = "email")]
pub use smtp::{Fault, ReceivedMail, Security, SmtpServer, SmtpServerBuilder};
