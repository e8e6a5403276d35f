//! Which part of the file comes.
