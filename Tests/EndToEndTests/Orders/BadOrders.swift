/// A request that must be refused, and how.
struct BadOrder: Sendable {
    let name: String
    let body: String
    let status: Int
    /// What `errors[].field` must name; nil where the whole request is meant.
    var field: String?
    /// Only placing an order can find it.
    var isForOrdersOnly = false
}

extension BadOrder {
    private static func line(_ json: String) -> String { RunningMuse.order(json) }
    private static func quantity(_ number: String) -> String {
        line(#"{"kind": "item", "itemId": "croissant", "quantity": \#(number)}"#)
    }
    private static func milk(_ options: String) -> String {
        line(#"{"kind": "item", "itemId": "flat-white", "quantity": 1, "options": \#(options)}"#)
    }
    private static let rest = #""fulfilment": {"type": "pickup"}, "contact": {"name": "A", "email": "a@example.com"}"#
    private static func many(_ count: Int) -> String {
        Array(repeating: RunningMuse.water, count: count).joined(separator: ",")
    }

    static let all: [BadOrder] = shapes + numbers + menu + people

    private static let shapes: [BadOrder] = [
        BadOrder(name: "empty", body: "", status: 400),
        BadOrder(name: "cut off", body: #"{"lines": ["#, status: 400),
        BadOrder(name: "no JSON", body: "lines=1", status: 400),
        BadOrder(name: "two values", body: RunningMuse.order() + "{}", status: 400),
        BadOrder(name: "NaN", body: quantity("NaN"), status: 400),
        BadOrder(name: "beyond any number", body: quantity("1e400"), status: 400),
        BadOrder(name: "the same key twice", body: #"{"lines": [], "lines": []}"#, status: 400),
        BadOrder(name: "deep", body: String(repeating: "[", count: 5000), status: 400),
        BadOrder(name: "deep inside", body: #"{"lines": "# + String(repeating: "[", count: 65), status: 400),
        BadOrder(name: "a list", body: "[]", status: 422),
        BadOrder(name: "no lines", body: "{\(rest)}", status: 422, field: "lines"),
        BadOrder(name: "lines as text", body: #"{"lines": "all", \#(rest)}"#, status: 422, field: "lines"),
        BadOrder(name: "empty lines", body: #"{"lines": [], \#(rest)}"#, status: 422, field: "lines"),
        BadOrder(name: "a line as number", body: #"{"lines": [7], \#(rest)}"#, status: 422, field: "lines[0]"),
        BadOrder(name: "200 lines", body: #"{"lines": [\#(many(200))], \#(rest)}"#, status: 413),
        BadOrder(name: "61 lines", body: #"{"lines": [\#(many(61))], \#(rest)}"#, status: 422, field: "lines"),
        BadOrder(
            name: "10,241 bytes",
            body: RunningMuse.order() + String(repeating: " ", count: 10_241 - RunningMuse.order().utf8.count),
            status: 413),
    ]

    private static let numbers: [BadOrder] =
        ["0", "-1", "101", "1000000000000000000", "-9223372036854775808"].map {
            BadOrder(name: "quantity \($0)", body: quantity($0), status: 422, field: "lines[0].quantity")
        }
        + ["9223372036854775808", "1.5", #""two""#, "true", "[1]"].map {
            BadOrder(name: "quantity \($0)", body: quantity($0), status: 422, field: "lines[0].quantity")
        } + [
            BadOrder(
                name: "a tip of -1", body: RunningMuse.order(more: #", "tipMinor": -1"#), status: 422,
                field: "tipMinor"),
            BadOrder(
                name: "a tip beyond Int64", body: RunningMuse.order(more: #", "tipMinor": 9223372036854775807"#),
                status: 422, field: "tipMinor"),
            BadOrder(
                name: "another total", body: RunningMuse.order(more: #", "expectedTotalMinor": 1"#), status: 409,
                isForOrdersOnly: true),
        ]

    private static let menu: [BadOrder] = [
        BadOrder(
            name: "an unknown item", body: line(#"{"kind": "item", "itemId": "unicorn", "quantity": 1}"#), status: 409,
            field: "lines[0].itemId"),
        BadOrder(
            name: "no item", body: line(#"{"kind": "item", "quantity": 1}"#), status: 422, field: "lines[0].itemId"),
        BadOrder(
            name: "an unknown kind", body: line(#"{"kind": "gift", "itemId": "water", "quantity": 1}"#), status: 422,
            field: "lines[0].kind"),
        BadOrder(
            name: "a sold-out item", body: line(#"{"kind": "item", "itemId": "cake", "quantity": 1}"#), status: 409,
            field: "lines[0].itemId"),
        BadOrder(
            name: "more than there is", body: line(#"{"kind": "item", "itemId": "soup", "quantity": 4}"#), status: 409,
            field: "lines[0].quantity"),
        BadOrder(
            name: "more than there is in two lines",
            body: line(
                #"{"kind": "item", "itemId": "soup", "quantity": 2}, {"kind": "item", "itemId": "soup", "quantity": 2}"#
            ),
            status: 409, field: "lines[0].quantity"),
        BadOrder(name: "no milk", body: milk("[]"), status: 422, field: "lines[0].options"),
        BadOrder(
            name: "two milks", body: milk(#"[{"id": "oat-milk"}, {"id": "whole-milk"}]"#), status: 422,
            field: "lines[0].options"),
        BadOrder(
            name: "an unknown option", body: milk(#"[{"id": "oat-milk"}, {"id": "gold"}]"#), status: 422,
            field: "lines[0].options"),
        BadOrder(
            name: "three shots", body: milk(#"[{"id": "oat-milk"}, {"id": "shot", "quantity": 3}]"#), status: 422,
            field: "lines[0].options"),
        BadOrder(
            name: "a sold-out option", body: milk(#"[{"id": "soy-milk"}]"#), status: 409, field: "lines[0].options"),
        BadOrder(
            name: "a plan that is not there",
            body: line(#"{"kind": "membership", "planId": "gold", "interval": "month"}"#), status: 422,
            field: "lines[0].planId"),
    ]

    private static let people: [BadOrder] = [
        BadOrder(
            name: "no contact", body: #"{"lines": [\#(RunningMuse.flatWhite)], "fulfilment": {"type": "pickup"}}"#,
            status: 422, field: "contact", isForOrdersOnly: true),
        BadOrder(
            name: "no address", body: RunningMuse.order(email: "nobody"), status: 422, field: "contact.email",
            isForOrdersOnly: true),
        BadOrder(
            name: "a line break in the address",
            body: RunningMuse.order(email: #"a@example.com\r\nBcc: b@example.com"#),
            status: 422, field: "contact.email", isForOrdersOnly: true),
        BadOrder(
            name: "no fulfilment",
            body: #"{"lines": [\#(RunningMuse.flatWhite)], "contact": {"name": "A", "email": "a@example.com"}}"#,
            status: 422, field: "fulfilment"),
        BadOrder(
            name: "carried by pigeon",
            body: #"""
                {"lines": [\#(RunningMuse.flatWhite)], "fulfilment": {"type": "pigeon"},
                 "contact": {"name": "A", "email": "a@example.com"}}
                """#, status: 422, field: "fulfilment.type"),
    ]
}
