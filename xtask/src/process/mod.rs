//! Other programs: started in groups of their own, waited for, stopped as a whole.

mod group;
mod job;
mod line;
mod loopback;

pub(crate) use group::Group;
pub(crate) use job::Job;
pub(crate) use line::command_line;
pub(crate) use loopback::without_proxy;
