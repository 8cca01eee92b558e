//! A shop that opens the page, and what the page itself asks.

use protocol::gate::STATUS_PATH;
use protocol::payment_page::is_signed;
use protocol::sign;
use serde_json::{Map, Value, json};

use crate::bench::{Bench, until};

/// Parameters in the order they are sent.
pub(crate) type Parameters = Vec<(String, String)>;

/// A page as it was answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) html: String,
}

impl Answer {
    async fn of(answer: reqwest::Response) -> Self {
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        Self { status, headers, html: answer.text().await.unwrap() }
    }

    /// The text of the element with an id.
    pub(crate) fn text(&self, id: &str) -> &str {
        let element = self.html.split_once(&format!("id=\"{id}\"")).unwrap().1.split_once('>').unwrap().1;
        element.split_once('<').unwrap().0
    }

    /// Status and code of a page that says why there is none.
    pub(crate) fn refusal(&self) -> (u16, &str) {
        (self.status, self.text("code"))
    }
}

impl Bench {
    /// Parameters that are in order, without a signature.
    pub(crate) fn parameters(&self, payment_id: &str) -> Parameters {
        [
            ("project_id", "238"),
            ("payment_id", payment_id),
            ("payment_amount", "1840"),
            ("payment_currency", "EUR"),
            ("customer_id", "customer123"),
            ("payment_description", "2 × tea"),
            ("force_payment_method", "wechat"),
            ("merchant_callback_url", &self.shop.address("any")),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
    }

    /// The same with some changed or added.
    pub(crate) fn with_parameters(&self, payment_id: &str, change: &[(&str, &str)]) -> Parameters {
        let mut parameters = self.parameters(payment_id);
        for (name, value) in change {
            parameters.retain(|(known, _)| known != name);
            parameters.push(((*name).to_owned(), (*value).to_owned()));
        }
        parameters
    }

    /// Signs what has to be signed.
    pub(crate) fn signed(&self, mut parameters: Parameters) -> Parameters {
        let covered = parameters.iter().filter(|(name, _)| is_signed(name));
        let message: Map<_, _> = covered.map(|(name, value)| (name.clone(), json!(value))).collect();
        parameters.push(("signature".to_owned(), sign::sign(&Value::Object(message), &self.key)));
        parameters
    }

    /// Opens the page by its address.
    pub(crate) async fn open(&self, parameters: &Parameters) -> Answer {
        let url = self.sandbox.url("/payment");
        Answer::of(self.http.get(url).query(parameters).send().await.unwrap()).await
    }

    /// Opens the page by a form.
    pub(crate) async fn post_form(&self, parameters: &Parameters) -> Answer {
        let url = self.sandbox.url("/payment");
        Answer::of(self.http.post(url).form(parameters).send().await.unwrap()).await
    }

    /// Signs and opens.
    pub(crate) async fn open_signed(&self, payment_id: &str, change: &[(&str, &str)]) -> Answer {
        self.open(&self.signed(self.with_parameters(payment_id, change))).await
    }

    /// The payer confirms.
    pub(crate) async fn confirm(&self, parameters: &Parameters) -> (u16, Value) {
        let url = self.sandbox.url("/payment/requests");
        let answer = self.http.post(url).form(parameters).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// The payer confirms and has it accepted; the request this led to.
    pub(crate) async fn confirmed(&self, payment_id: &str) -> String {
        let (status, begun) = self.confirm(&self.signed(self.parameters(payment_id))).await;
        assert_eq!(status, 201, "{begun}");
        begun["request_id"].as_str().unwrap().to_owned()
    }

    /// How far a confirmed payment is.
    pub(crate) async fn progress(&self, request_id: &str) -> (u16, Value) {
        let url = self.sandbox.url(&format!("/payment/requests/{request_id}"));
        let answer = self.http.get(url).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// Waits until the page is to show a step.
    pub(crate) async fn step(&self, request_id: &str, step: &str) -> Value {
        until(&format!("the step {step}"), || async {
            let (_, progress) = self.progress(request_id).await;
            (progress["step"] == step).then_some(progress)
        })
        .await
    }

    /// The payer does something on the page.
    pub(crate) async fn act(&self, request_id: &str, what: &str, body: Value) -> (u16, Value) {
        self.post(&format!("/payment/requests/{request_id}/{what}"), &body).await
    }

    /// A time in an hour, as `best_before` has it.
    pub(crate) fn in_an_hour(&self) -> String {
        let time = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(1);
        time.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
    }

    /// What a status query answers about a payment.
    pub(crate) async fn status(&self, payment_id: &str) -> Value {
        let question = json!({"general": {"project_id": 238, "payment_id": payment_id}});
        let (status, answer) = self.ask(STATUS_PATH, question).await;
        assert_eq!(status, 200);
        answer
    }
}
