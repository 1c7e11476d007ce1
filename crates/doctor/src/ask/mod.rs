//! How a project is asked.

pub(crate) mod answer;
pub(crate) mod observed;
mod project;

pub(crate) use answer::Answer;
pub(crate) use project::{ProjectQuestions, unused_name};
