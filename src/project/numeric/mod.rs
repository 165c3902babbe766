//! Numbers that know nothing of revenue: linear systems, a minimiser, random numbers, the Student t, the inverse of a function.

pub(in crate::project) mod invert;
pub(in crate::project) mod linear;
pub(crate) mod minimise;
pub(crate) mod random;
pub(in crate::project) mod student_t;
