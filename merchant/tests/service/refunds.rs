//! Money that goes back.

use serde_json::{Value, json};

use crate::world::{World, as_answer, sale};

fn refund(payment_id: &str, id: i64, (payment, operation): (&str, &str), amount: i64) -> Value {
    json!({
        "project_id": 238,
        "payment": {"id": payment_id, "type": "purchase", "status": payment, "method": "wechat", "sum": {"amount": 1840, "currency": "EUR"}},
        "account": {"number": "1234"},
        "operation": {"id": id, "type": "refund", "status": operation, "request_id": format!("refund-{id}"),
            "sum_initial": {"amount": amount, "currency": "EUR"}, "code": if operation == "success" { "0" } else { "3283" }, "message": "…"}
    })
}

#[tokio::test]
async fn a_declined_refund_is_no_second_payment_and_changes_nothing() {
    let world = World::open().await;
    let bought = world.buy().await;
    let id = bought.payment_id();
    world.callback(&sale(&id, "success")).await;
    let paid = world.document(&bought.token).await;
    world.callback(&refund(&id, 5, ("success", "decline"), 1840)).await;
    assert_eq!(world.document(&bought.token).await, paid);
    assert_eq!(world.metric("merchant_doubled_payments").await, 0);
}

#[tokio::test]
async fn refunds_add_up_until_all_is_back() {
    let world = World::open().await;
    let bought = world.buy().await;
    let id = bought.payment_id();
    world.callback(&sale(&id, "success")).await;
    // What the platform calls the payment is not what counts: the sources disagree about it.
    world.callback(&refund(&id, 5, ("refunded", "success"), 840)).await;
    world.callback(&refund(&id, 5, ("refunded", "success"), 840)).await;
    let document = world.document(&bought.token).await;
    assert_eq!(document["payment"]["status"], "partially refunded");
    assert_eq!(document["operation"]["sum_initial"]["amount"], 840);
    assert_eq!(document["payment"]["sum"]["amount"], 1840);
    world.callback(&refund(&id, 6, ("partially refunded", "success"), 1000)).await;
    let document = world.document(&bought.token).await;
    assert_eq!(document["payment"]["status"], "refunded");
    assert_eq!(document["checkout"]["refunded"], json!({"amount": 1840, "currency": "EUR"}));
    assert_eq!(world.metric("merchant_checkouts{state=\"refunded\"}").await, 1);
}

#[tokio::test]
async fn a_refund_whose_payment_nobody_saw_is_looked_into() {
    let world = World::open().await;
    let bought = world.buy_with_code().await;
    let id = bought.payment_id();
    let mut answer = as_answer(&sale(&id, "success"));
    answer["payment"]["status"] = json!("refunded");
    let returned = refund(&id, 5, ("refunded", "success"), 1840);
    answer["operations"].as_array_mut().unwrap().push(returned["operation"].clone());
    world.gate.knows(&id, answer);
    world.callback(&returned).await;
    let document = world.until(&bought.token, |document| document["payment"]["status"] == "refunded").await;
    assert_eq!(document["checkout"]["refunded"]["amount"], 1840);
}
