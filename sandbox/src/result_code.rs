//! ECommPay's codes in ECommPay's words.

/// The text that belongs to a code; the one of a general decline for codes the sandbox does not know.
pub(crate) fn text(code: &str) -> &'static str {
    match code {
        "0" => "Success",
        "301" => "Cancelled",
        "303" => "Access denied",
        "310" => "This operation is not allowed by project settings",
        "314" => "Provider is not available now to perform the operation",
        "402" => "RCS reject. Declined by Risk System",
        "501" => "Internal error",
        "502" | "20502" => "Validation error",
        "601" | "20601" => "Try again",
        "602" => "Network error",
        "603" => "Auto decline",
        "702" => "Malformed request",
        "2003" => "Invalid JSON string",
        "2004" => "Required field not provided",
        "2442" => "Project ID not found",
        "3023" => "Currency is disabled for the project",
        "3028" => "Insufficient funds on merchant balance",
        "3041" => "Payment ID already exists",
        "3060" => "Current payment or operation status does not allow this action",
        "3061" => "Transaction not found",
        "3062" => "Payment details not received",
        "3121" => "Invalid currency",
        "3191" => "Need clarification",
        "3230" => "Operation with such merchant_refund_id already exists",
        "3261" => "Invalid signature",
        "3262" => "Empty signature",
        "3283" => "Refund amount more than init amount",
        "3284" => "Refund currency mismatched or empty",
        "3286" => "Amount is required",
        "3287" => "Currency is required",
        "9999" => "Awaiting processing",
        "10602" | "20602" => "Time-out",
        "20101" => "Decline due to amount or frequency limit",
        "20105" => "Insufficient funds on customer account",
        "20106" => "Customer account is no longer available",
        "20107" => "Currency is not supported",
        "20201" => "Decline due to account restrictions",
        "20301" => "Account owner cancelled operation",
        "20603" => "Not authorized, try later",
        _ => "General decline",
    }
}

/// Whether a decline may carry this code: up to five digits, and neither success nor "in work".
pub(crate) fn is_decline(code: &str) -> bool {
    (1..=5).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit()) && !matches!(code, "0" | "9999")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decline_is_neither_success_nor_in_work_nor_prose() {
        assert!(is_decline("20105") && is_decline("100"));
        for code in ["", "0", "9999", "201050", "2o105", "-1"] {
            assert!(!is_decline(code), "{code}");
        }
    }
}
