//! The doctor beside real servers on real sockets, right ones and wrong ones.

mod certificates;
mod faults;
mod hostile;
mod program;
mod world;
