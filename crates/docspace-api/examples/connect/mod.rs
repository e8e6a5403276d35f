//! What the examples share: the portal that the environment names, and a failure told with its causes.

#![expect(clippy::print_stderr, reason = "an example talks to whoever started it")]
#![expect(clippy::disallowed_methods, reason = "an example has its settings from the environment alone")]

use std::{env, error::Error, fs, process::ExitCode};

use docspace_api::{Address, ApiError, ClientOptions, Credential, PlainHttp, Portal};

/// Anything that ends an example.
pub(crate) type Failure = Box<dyn Error>;

/// The portal at `DOCSPACE_API_HOST`, with the key that is in the file `DOCSPACE_API_KEY_FILE` or is `DOCSPACE_API_KEY`.
pub(crate) fn portal() -> Result<Portal, Failure> {
    let host = env::var("DOCSPACE_API_HOST").map_err(|_| "DOCSPACE_API_HOST is not set: give the portal's address")?;
    let address = Address::parse(&host, PlainHttp::LoopbackOnly)?;
    Ok(Portal::new(address, Credential::parse(&key()?)?, ClientOptions::default())?)
}

fn key() -> Result<String, Failure> {
    if let Ok(path) = env::var("DOCSPACE_API_KEY_FILE") {
        return fs::read_to_string(&path).map_err(|error| format!("cannot read the key from {path}: {error}").into());
    }
    env::var("DOCSPACE_API_KEY").map_err(|_| "neither DOCSPACE_API_KEY_FILE nor DOCSPACE_API_KEY is set".into())
}

/// Tells a failure with all its causes on standard error, and with the portal's own words if there are any.
pub(crate) fn exit_code(result: Result<(), Failure>) -> ExitCode {
    let Err(failure) = result else { return ExitCode::SUCCESS };
    eprint!("error: {failure}");
    let mut cause = failure.source();
    while let Some(error) = cause {
        eprint!(": {error}");
        cause = error.source();
    }
    match portal_words(&*failure) {
        Some(words) => eprintln!("; the portal says: {words}"),
        None => eprintln!(),
    }
    ExitCode::FAILURE
}

fn portal_words<'a>(failure: &'a (dyn Error + 'static)) -> Option<&'a str> {
    failure.downcast_ref::<ApiError>()?.portal_message()
}
