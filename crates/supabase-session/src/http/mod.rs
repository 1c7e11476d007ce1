//! HTTP to one project: what is sent and how, and what an answer means. Only this folder names `reqwest`.

pub(crate) mod fault;
pub(crate) mod gateway;
pub(crate) mod transport;
