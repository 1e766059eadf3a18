//! Crashes behind the worst windows: windows that overlap in time are one event.
//!
//! Neighbouring windows see the same crash, so the worst ten thousandth of all windows may
//! come from a handful of dates. What that means for a result is seen by leaving one out.

use super::partial::{Partial, Worst};

/// A stretch of time that some of the worst windows have in common, each with the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// When the first of its windows began, in seconds since 1970.
    pub start_secs: f64,
    /// When the last candle of its windows began, in seconds since 1970.
    pub end_secs: f64,
    /// How many of the worst windows it has.
    pub windows: usize,
    /// The largest loss among them.
    pub loss: f64,
}

/// The events of windows, that with the largest loss first.
///
/// ```
/// use llamath::sim::{Worst, events};
/// let worst = |loss, start_secs, end_secs| Worst { loss, start_secs, end_secs };
/// let events = events(&[worst(0.3, 0.0, 60.0), worst(0.2, 50.0, 110.0), worst(0.1, 500.0, 560.0)]);
/// assert_eq!(events.len(), 2);
/// assert_eq!((events[0].windows, events[0].end_secs, events[0].loss), (2, 110.0, 0.3));
/// ```
#[must_use]
pub fn events(windows: &[Worst]) -> Vec<Event> {
    let mut windows = windows.to_vec();
    windows.sort_by(|a, b| a.start_secs.total_cmp(&b.start_secs));
    let mut events: Vec<Event> = Vec::new();
    for Worst { loss, start_secs, end_secs } in windows {
        match events.last_mut().filter(|event| start_secs <= event.end_secs) {
            Some(event) => {
                event.end_secs = event.end_secs.max(end_secs);
                event.windows = event.windows.saturating_add(1);
                event.loss = event.loss.max(loss);
            }
            None => events.push(Event { start_secs, end_secs, windows: 1, loss }),
        }
    }
    events.sort_by(|a, b| b.loss.total_cmp(&a.loss));
    events
}

impl Partial {
    /// The same as if the windows that overlap an event had lost little: they are among all
    /// windows still, but not among the worst.
    ///
    /// What is left of the worst is known to a lesser depth; within that it does not depend on
    /// how many were kept.
    ///
    /// ```
    /// use llamath::sim::{Effort, Partial, Worst, events};
    /// let worst = [(0.3, 0.0), (0.2, 500.0)]
    ///     .map(|(loss, start_secs)| Worst { loss, start_secs, end_secs: start_secs + 60.0 });
    /// let effort = Effort::default();
    /// let tail = Partial { kept: 2, windows: 9, sum: None, worst: worst.to_vec(), effort };
    /// let without = tail.without(&events(&worst)[0]);
    /// assert_eq!((without.kept, without.windows, without.worst[0].loss), (1, 9, 0.2));
    /// ```
    #[must_use]
    pub fn without(&self, event: &Event) -> Self {
        let is_apart = |window: &&Worst| {
            window.start_secs > event.end_secs || window.end_secs < event.start_secs
        };
        let worst: Vec<_> = self.worst.iter().filter(is_apart).copied().collect();
        let dropped = self.worst.len().saturating_sub(worst.len());
        Self {
            kept: self.kept.saturating_sub(dropped),
            windows: self.windows,
            sum: None,
            worst,
            effort: self.effort,
        }
    }
}
