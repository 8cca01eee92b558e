//! What the shop says.

/// The shop's texts in one language.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) shop: &'static str,
    pub(super) promise: &'static str,
    pub(super) promise_text: &'static str,
    pub(super) notes: [(&'static str, &'static str); 3],
    pub(super) quantity: &'static str,
    pub(super) fewer: &'static str,
    pub(super) more: &'static str,
    pub(super) order: &'static str,
    pub(super) empty: &'static str,
    pub(super) currency: &'static str,
    pub(super) total: &'static str,
    pub(super) pay: &'static str,
    pub(super) pay_page: &'static str,
    pub(super) paying: &'static str,
    pub(super) loading: &'static str,
    pub(super) no_catalogue: &'static str,
    pub(super) no_order: &'static str,
    pub(super) refused: &'static str,
    pub(super) again: &'static str,
    pub(super) back: &'static str,
    pub(super) phone: &'static str,
    pub(super) phone_text: &'static str,
    pub(super) theme: &'static str,
    pub(super) language: &'static str,
    pub(super) demo: &'static str,
    pub(super) gallery: &'static str,
}

impl Words {
    /// What is said about a tea.
    pub(super) fn note(&self, sku: &str) -> &'static str {
        self.notes.iter().find(|(known, _)| *known == sku).map_or("", |(_, note)| note)
    }
}

pub(super) const ENGLISH: Words = Words {
    shop: "Camellia Tea",
    promise: "Three teas, picked by hand",
    promise_text: "One leaf, three mountains. Packed to order, sent within a day.",
    notes: [
        ("longjing", "Pan-fired in spring. Chestnut, fresh grass."),
        ("da-hong-pao", "Rock oolong from Wuyi. Roast, orchid."),
        ("shou-puer", "Ripened and pressed. Earth, dark plum."),
    ],
    quantity: "Quantity of {name}",
    fewer: "Fewer",
    more: "More",
    order: "Your order",
    empty: "Nothing yet. Choose a tea.",
    currency: "Currency",
    total: "Total",
    pay: "Pay with WeChat Pay",
    pay_page: "Use the hosted payment page",
    paying: "One moment…",
    loading: "Opening the shop…",
    no_catalogue: "The shop does not answer. Is its backend running?",
    no_order: "The order did not reach the shop. Nothing was ordered twice; it is safe to try again.",
    refused: "The shop did not take this order.",
    again: "Try again",
    back: "Back to the shop",
    phone: "Open the simulated phone",
    phone_text: "This is a demo: the code is real, the money is not. Pay on the simulated phone.",
    theme: "Light or dark",
    language: "Language",
    demo: "A demo of wechat-checkout. No real money moves.",
    gallery: "All screens",
};

pub(super) const CHINESE: Words = Words {
    shop: "山茶小铺",
    promise: "三款手采好茶",
    promise_text: "一片叶子，三座山。下单现装，一日内发出。",
    notes: [
        ("longjing", "春茶炒青，栗香清鲜。"),
        ("da-hong-pao", "武夷岩茶，焙火兰香。"),
        ("shou-puer", "熟化紧压，陈香醇厚。"),
    ],
    quantity: "{name} 数量",
    fewer: "减少",
    more: "增加",
    order: "您的订单",
    empty: "还没有商品，请选一款茶。",
    currency: "货币",
    total: "合计",
    pay: "使用微信支付",
    pay_page: "前往托管支付页面",
    paying: "请稍候…",
    loading: "正在打开店铺…",
    no_catalogue: "店铺没有响应，后台是否已启动？",
    no_order: "订单未能送达店铺，没有重复下单，可以放心重试。",
    refused: "店铺未接受此订单。",
    again: "重试",
    back: "返回店铺",
    phone: "打开模拟手机",
    phone_text: "这是演示：二维码是真的，钱不是。请在模拟手机上支付。",
    theme: "浅色或深色",
    language: "语言",
    demo: "wechat-checkout 演示，不涉及真实付款。",
    gallery: "全部界面",
};
