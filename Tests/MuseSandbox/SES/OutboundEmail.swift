import Foundation

/// The body of `SendEmail`, read as strictly as SES v2 does.
struct OutboundEmail {
    let body: JSON

    private static let mostRecipients = 50

    func read(id: String) throws(SESRefusal) -> SentMail {
        guard body.fields != nil else { throw .badRequest("Unable to parse the request.") }
        guard let from = body["FromEmailAddress"].text else {
            throw .badRequest("Missing required field FromEmailAddress.")
        }
        let destination = body["Destination"]
        let to = try addresses(destination["ToAddresses"])
        let copies = try addresses(destination["CcAddresses"])
        let hidden = try addresses(destination["BccAddresses"])
        let all = to + copies + hidden
        guard !all.isEmpty else { throw .badRequest("Missing destination: at least one recipient is required.") }
        guard all.count <= Self.mostRecipients else {
            throw .badRequest("Recipient count exceeds \(Self.mostRecipients).")
        }
        try checkAddress(from)
        let simple = try simpleContent()
        guard let subject = simple["Subject"]["Data"].text else { throw .badRequest("Missing required field Subject.") }
        guard !subject.contains(where: \.isNewline) else { throw .badRequest("Header injection in Subject.") }
        let text = simple["Body"]["Text"]["Data"].text
        let html = simple["Body"]["Html"]["Data"].text
        guard text != nil || html != nil else { throw .badRequest("Missing required field Body: Text or Html.") }
        try checkCharsets(simple)
        try refuse(from: from, to: all)
        return SentMail(
            id: id, from: from, to: to, copies: copies, hidden: hidden,
            replyTo: try addresses(body["ReplyToAddresses"]),
            subject: subject, text: text, html: html, tags: try tags(),
            configurationSet: body["ConfigurationSetName"].text, receivedAt: WallTime.milliseconds)
    }

    private func simpleContent() throws(SESRefusal) -> JSON {
        let content = body["Content"]
        guard content["Raw"] == .null, content["Template"] == .null else {
            throw .badRequest("The sandbox takes simple content only.")
        }
        guard content["Simple"].fields != nil else { throw .badRequest("Missing required field Content.") }
        return content["Simple"]
    }

    private func addresses(_ list: JSON) throws(SESRefusal) -> [String] {
        if list == .null { return [] }
        guard let items = list.items else { throw .badRequest("Expected a list of addresses.") }
        var found: [String] = []
        for item in items {
            guard let address = item.text else { throw .badRequest("Expected a text as address.") }
            try checkAddress(address)
            found.append(address)
        }
        return found
    }

    private func checkAddress(_ address: String) throws(SESRefusal) {
        guard address.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value < 127 }) else {
            throw .badRequest("Local address contains control or non-ASCII characters.")
        }
        guard EmailAddress.isValid(EmailAddress.bare(address)) else { throw .badRequest("Illegal address.") }
    }

    private func checkCharsets(_ simple: JSON) throws(SESRefusal) {
        let parts = [simple["Subject"], simple["Body"]["Text"], simple["Body"]["Html"]]
        for part in parts {
            guard let charset = part["Charset"].text else { continue }
            guard ["utf-8", "us-ascii", "iso-8859-1"].contains(charset.lowercased()) else {
                throw .badRequest("Unsupported charset \(charset).")
            }
        }
    }

    private func tags() throws(SESRefusal) -> [String: String] {
        var found: [String: String] = [:]
        for tag in body["EmailTags"].items ?? [] {
            guard let name = tag["Name"].text, let value = tag["Value"].text,
                [name, value].allSatisfy({ $0.wholeMatch(of: /[A-Za-z0-9_\-\.@]{1,256}/) != nil })
            else { throw .badRequest("Invalid tag name or value.") }
            found[name] = value
        }
        return found
    }

    /// Two domains that always fail, so that tests can provoke what cannot be repeated.
    private func refuse(from: String, to all: [String]) throws(SESRefusal) {
        if EmailAddress.bare(from).hasSuffix("@unverified.example") {
            throw SESRefusal(
                status: 400, type: "MailFromDomainNotVerifiedException",
                message: "The mail-from domain is not verified.")
        }
        if let address = all.first(where: { EmailAddress.bare($0).hasSuffix("@rejected.example") }) {
            throw .rejected("Email address is on the suppression list: \(EmailAddress.bare(address))")
        }
    }
}
