//! What the examples share: the portal that the environment names, and how they end.

#![expect(clippy::print_stderr, reason = "an example talks to whoever started it")]
#![expect(clippy::disallowed_methods, reason = "an example has its settings from the environment alone")]

use std::{env, error::Error, fs, process::ExitCode};

use docspace_api::{Address, ClientOptions, Credential, PlainHttp, Portal};

/// Anything that ends an example.
pub(crate) type Failure = Box<dyn Error>;

/// The portal at `DOCSPACE_API_HOST`, with the key that is in the file `DOCSPACE_API_KEY_FILE`.
pub(crate) fn portal() -> Result<Portal, Failure> {
    let address = Address::parse(&setting("DOCSPACE_API_HOST")?, PlainHttp::LoopbackOnly)?;
    let path = setting("DOCSPACE_API_KEY_FILE")?;
    let key = fs::read_to_string(&path).map_err(|error| format!("cannot read the key from {path}: {error}"))?;
    Ok(Portal::new(address, Credential::parse(&key)?, ClientOptions::default())?)
}

fn setting(name: &str) -> Result<String, Failure> {
    env::var(name).map_err(|_| format!("{name} is not set").into())
}

/// Success, or a line on standard error.
pub(crate) fn exit_code(result: Result<(), Failure>) -> ExitCode {
    let Err(failure) = result else { return ExitCode::SUCCESS };
    eprintln!("error: {failure}");
    ExitCode::FAILURE
}
