/// Brings what a guest typed into the form in which it is stored: trimmed, normalised, plain text, within limits.
struct CleanOrder: Sendable {
    /// - Returns: the order as it is stored, and every field that is not as it should be.
    func callAsFunction(_ request: OrderRequest) -> (order: OrderRequest, problems: [CartProblem]) {
        var order = request
        var problems: [CartProblem] = []
        for index in order.lines.indices {
            let note = order.lines[index].note
            order.lines[index].note = clean(note, "lines[\(index)].note", OrderLimits.noteLength, &problems)
        }
        let note = order.note
        order.note = clean(note, "note", OrderLimits.noteLength, &problems)
        let code = clean(order.promoCode, "promoCode", OrderLimits.promoCodeLength, &problems)
        order.promoCode = code.map(PromoCode.normalized)
        let table = clean(order.fulfilment?.table, "fulfilment.table", 20, &problems)
        order.fulfilment?.table = table
        // At a table everything comes when it is ready.
        if order.fulfilment?.type == .dineIn { order.fulfilment?.at = nil }
        if var contact = order.contact {
            let (name, phone) = (contact.name, contact.phone)
            contact.name = clean(name, "contact.name", OrderLimits.nameLength, &problems) ?? ""
            contact.phone = clean(phone, "contact.phone", 40, &problems)
            if contact.name.isEmpty, !problems.contains(where: { $0.field == "contact.name" }) {
                problems.append(.invalid("contact.name", "Tell us a name to call."))
            }
            if let email = EmailAddress(contact.email) {
                contact.email = email.text.lowercased()
            } else {
                let isPlain = contact.email.utf8.allSatisfy { $0 < 128 }
                problems.append(
                    .invalid(
                        "contact.email",
                        isPlain
                            ? "Enter an email address like name@example.com."
                            : "Write the email address in plain letters, like name@example.com. A domain with others "
                                + "has such a form too: it begins with xn--."))
            }
            order.contact = contact
        }
        return (order, problems)
    }

    private func clean(
        _ text: String?, _ field: String, _ maximum: Int, _ problems: inout [CartProblem]
    ) -> String? {
        guard let text else { return nil }
        do {
            let cleaned = try PlainText.clean(text, field: field, maximum: maximum, lines: .one)
            return cleaned.isEmpty ? nil : cleaned
        } catch {
            problems += error.errors.map { .invalid($0.field, $0.message) }
            return nil
        }
    }
}
