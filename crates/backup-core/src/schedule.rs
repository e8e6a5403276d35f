//! The portal's own schedule: when it will run, where it will not do what one expects, and whether it is still the one that
//! was declared.

mod drift;
mod forecast;
mod hazard;

#[cfg(test)]
mod tests;

pub use drift::{Declared, Difference, drift};
pub use forecast::next_runs;
pub use hazard::{Hazard, hazards};
