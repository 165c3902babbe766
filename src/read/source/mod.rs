//! Bytes to text and to rows of values: encodings, dialects, workbooks, Parquet, Arrow, and what guards against damaged files.
//!
//! Knows what a file is, and how its bytes become delimited text or rows of cells. Knows nothing of what its cells mean.

#[cfg(feature = "arrow")]
pub(in crate::read) mod arrow;
pub(in crate::read) mod cells;
#[cfg(any(feature = "parquet", feature = "arrow"))]
pub(in crate::read) mod columns;
#[cfg(feature = "compressed")]
pub(in crate::read) mod compressed;
pub(in crate::read) mod decode;
pub(in crate::read) mod dialect;
pub(in crate::read) mod guard;
#[cfg(feature = "parquet")]
pub(in crate::read) mod parquet;
#[cfg(feature = "sheet")]
pub(in crate::read) mod sheet;
#[cfg(any(feature = "sheet", feature = "parquet", feature = "arrow"))]
mod shown;
