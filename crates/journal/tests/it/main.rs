//! Several processes and one journal: side by side, and killed at any moment.

#[cfg(test)]
mod child;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod life;
#[cfg(test)]
mod processes;
