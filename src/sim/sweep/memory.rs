//! What version 1 remembers of the oracle's moves.
//!
//! It depends on the oracle, the delay and N only, so all A and fees of a scan share it. In how
//! many bands a minute updates it depends on the window: a bound takes all that it may be.
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

/// What the memory may be after a minute.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Memory {
    pub low: f64,
    pub high: f64,
}

/// How the memory is updated in a minute. Version 2 keeps nothing of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Updates {
    kept: f64,
    /// keptᴺ, and kept + kept² + … + keptᴺ.
    kept_all: f64,
    gained_all: f64,
}

impl Updates {
    /// Those of checked settings.
    pub(super) fn new(settings: &Settings) -> Self {
        let kept = if settings.fee_model == FeeModel::V1 { settings.kept() } else { 0.0 };
        let kept_all = libm::pow(kept, f64::from(settings.bands));
        Self { kept, kept_all, gained_all: kept / (1.0 - kept) * (1.0 - kept_all) }
    }

    /// Whether anything is kept.
    pub(super) fn remember(&self) -> bool {
        self.kept > 0.0
    }

    /// The memory after one update with what the oracle moved.
    #[inline(always)]
    pub(super) fn one(&self, memory: f64, moved: f64) -> f64 {
        (memory + moved) * self.kept
    }

    /// The memory after N updates, in closed form.
    #[inline(always)]
    pub(super) fn all(&self, memory: f64, moved: f64) -> f64 {
        memory * self.kept_all + moved * self.gained_all
    }

    /// The memory after 1 to N updates, which go one way: an end is at either.
    #[inline(always)]
    pub(super) fn between(&self, Memory { low, high }: Memory, moved: f64) -> Memory {
        Memory {
            low: smaller(self.one(low, moved), self.all(low, moved)),
            high: larger(self.one(high, moved), self.all(high, moved)),
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
    pub(super) fn new(updates: Updates, flows: &[Flow]) -> Self {
        if !updates.remember() {
            return Self::default();
        }
        let mut memory = Memory::default();
        let range = |flow: &Flow| {
            // Any window's memory is so near to this one's. It forgets that too: what is
            // added is not summed up.
            let Memory { low, high } = updates.between(memory, flow.moved);
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
