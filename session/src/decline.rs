//! Why a payment was refused, in terms a payer can act on.

/// A refusal of the platform.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decline {
    /// ECommPay's code, such as `20105`; empty where none was given. For support.
    pub code: String,
    /// What it means to the payer.
    pub reason: DeclineReason,
}

/// What a refusal means to the payer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeclineReason {
    /// Not enough money in the wallet.
    InsufficientFunds,
    /// Over a limit of amount or frequency.
    Limit,
    /// The wallet may not be used for this.
    Account,
    /// The payer called it off.
    CalledOff,
    /// Time ran out.
    TimedOut,
    /// The payment system had trouble.
    Trouble,
    /// No reason a payer should be given, refusals of the risk system among them.
    #[default]
    General,
}

impl Decline {
    /// Reads ECommPay's code (list: ECommPay, response codes).
    pub fn read(code: Option<&str>) -> Self {
        let code = code.unwrap_or_default();
        Self { reason: DeclineReason::read(code), code: code.to_owned() }
    }
}

impl DeclineReason {
    fn read(code: &str) -> Self {
        match code.parse::<u64>().unwrap_or_default() {
            20105 => Self::InsufficientFunds,
            20101 | 2642 | 3358 => Self::Limit,
            20106 | 20107 | 20201 => Self::Account,
            301 | 20301 => Self::CalledOff,
            // UNCONFIRMED which code a code that ran out produces; these two are called time-outs.
            10602 | 20602 => Self::TimedOut,
            314 | 501 | 601 | 602 | 603 | 20601 | 20603 | 3613 => Self::Trouble,
            _ => Self::General,
        }
    }

    /// Whether the same payer may succeed by trying again.
    pub fn can_retry(self) -> bool {
        !matches!(self, Self::Account | Self::Limit)
    }
}
