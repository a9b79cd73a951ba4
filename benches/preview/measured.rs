//! All that one run measured.

use crate::series::Series;
use crate::trials::{Burst, Memory, Starts};

/// The results, in the order in which they were measured.
pub(crate) struct Measured {
    pub(crate) initiatives: usize,
    pub(crate) starts: Vec<Starts>,
    pub(crate) series: Vec<Series>,
    pub(crate) burst: Burst,
    pub(crate) memory: Memory,
}
