//! What version 1 remembers of the oracle's moves, where nobody knows in how many bands a minute
//! updated it: from one end to the other.
//!
//! It depends on the oracle, the delay and N only, so all A and fees of a scan share it.
#![expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "rows of columns that were made for the windows' rows; checked access costs time here"
)]

use super::bound::Flow;
use crate::sim::order::{larger, smaller};
use crate::sim::settings::{FeeModel, Settings};

/// How much of the start's memory may be left where what is common takes over.
const TOLERANCE: f64 = 1e-6;

/// The memory of version 1 after a minute.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Memory {
    pub low: f64,
    pub high: f64,
}

/// How version 1's memory is updated in a minute: the same for every A and fee.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Updates {
    kept: f64,
    /// The closed form of N updates: memory·kept_all + moved·gained_all.
    kept_all: f64,
    gained_all: f64,
}

impl Updates {
    /// Those of some settings; none in version 2, which does not remember.
    pub(super) fn new(settings: &Settings) -> Option<Self> {
        let kept = settings.kept();
        let kept_all = libm::pow(kept, f64::from(settings.bands));
        let gained_all = kept / (1.0 - kept) * (1.0 - kept_all);
        let remembers = settings.fee_model == FeeModel::V1 && kept > 0.0;
        remembers.then_some(Self { kept, kept_all, gained_all })
    }

    /// The memory after 1 to N updates with what the oracle moved.
    #[inline(always)]
    pub(super) fn of(&self, Memory { low, high }: Memory, moved: f64) -> Memory {
        let all = moved * self.gained_all;
        Memory {
            low: smaller((low + moved) * self.kept, low * self.kept_all + all),
            high: larger((high + moved) * self.kept, high * self.kept_all + all),
        }
    }

    /// Minutes after which less than `TOLERANCE` is left of a memory below 1.
    pub(super) fn warm_up(&self) -> usize {
        let mut left = 1.0;
        let is_left = |_: &i32| {
            left *= self.kept;
            left > TOLERANCE
        };
        (0..10_000).take_while(is_left).count() + 1
    }
}

/// The memory of any window, by row; without rows where nothing is remembered.
#[derive(Debug, Default)]
pub(super) struct Memories {
    ranges: Vec<Memory>,
    /// Σ |step|·keptʲ over the rows from here.
    residues: Vec<f64>,
}

impl Memories {
    pub(super) fn new(updates: Option<Updates>, flows: &[Flow]) -> Self {
        let Some(updates) = updates else {
            return Self::default();
        };
        let mut memory = Memory::default();
        let range = |flow: &Flow| {
            // Any window's memory is so near to this one's. It forgets that too: what is
            // added is not summed up.
            let Memory { low, high } = updates.of(memory, flow.moved);
            memory = Memory { low: larger(low - TOLERANCE, 0.0), high: high + TOLERANCE };
            memory
        };
        let ranges = flows.iter().map(range).collect();
        let mut residues = vec![0.0; flows.len()];
        let mut residue = 0.0;
        let mut step = 0.0_f64;
        for (flow, row) in flows.iter().zip(&mut residues).rev() {
            residue = step.abs() + updates.kept * residue;
            (*row, step) = (residue, flow.step);
        }
        Self { ranges, residues }
    }

    /// The memory after a row.
    #[inline(always)]
    pub(super) fn at(&self, row: usize) -> Memory {
        if self.ranges.is_empty() { Memory::default() } else { self.ranges[row] }
    }

    /// How far the oracle moves from a row on, while the memory of it is forgotten.
    #[inline(always)]
    pub(super) fn residue(&self, row: usize) -> f64 {
        if self.residues.is_empty() { 0.0 } else { self.residues[row] }
    }
}

impl Memory {
    /// Whether the other one holds it.
    pub(super) fn is_within(&self, common: &Self) -> bool {
        self.low >= common.low && self.high <= common.high
    }
}
