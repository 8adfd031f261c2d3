import Foundation
import Hummingbird

/// The mailbox, for people and for tests.
struct MailRoutes: Sendable {
    let mailbox: Mailbox
    let pages: PageRenderer

    func add(to router: Router<SandboxContext>) {
        router.get("mail") { _, _ in
            let mails = mailbox.newest(200).map(MailPage.init)
            return try pages.page("mailbox", MailboxPage(title: "Mailbox", mails: mails, isEmpty: mails.isEmpty))
        }
        router.get("mail.json") { request, _ in
            let query = request.uri.queryParameters
            let limit = query["limit"].flatMap { Int($0) } ?? 1000
            let to = query["to"].flatMap { String($0).removingPercentEncoding }
            let mails = mailbox.newest(200_000).lazy.filter { to == nil || $0.to.contains(to ?? "") }
            return try Response.json(.array(mails.prefix(max(0, limit)).map(\.object)))
        }
        router.delete("mail") { _, _ in
            mailbox.empty()
            return Response(status: .noContent)
        }
        router.post("mail/empty") { _, _ in
            mailbox.empty()
            return Response.redirect(to: "/mail", type: .normal)
        }
        router.get("mail/:name") { _, context in try show(context.parameters.require("name")) }
    }

    private func show(_ name: String) throws -> Response {
        let isBody = name.hasSuffix(".html")
        let id = isBody ? String(name.dropLast(5)) : name
        guard let mail = mailbox.mail(id) else { throw HTTPError(.notFound, message: "There is no such mail.") }
        guard isBody else { return try pages.page("mail", MailPage(mail)) }
        var headers = HTTPFields()
        // The body is shown as a mail program would: no script, nothing that can act on this origin.
        headers[.contentSecurityPolicy] =
            "sandbox allow-popups allow-top-navigation-by-user-activation; default-src 'none'; "
            + "img-src * data:; style-src 'unsafe-inline'; font-src data:"
        return .html(mail.html ?? "", headers: headers)
    }
}

struct MailboxPage: Sendable {
    let title: String
    let mails: [MailPage]
    let isEmpty: Bool
}

struct MailPage: Sendable {
    struct Header: Sendable {
        let name: String
        let value: String
    }

    let title: String
    let id: String
    let to: String
    let at: String
    let headers: [Header]
    let text: String?
    let hasHTML: Bool

    init(_ mail: SentMail) {
        title = mail.subject
        id = mail.id
        to = mail.to.joined(separator: ", ")
        at = WallTime.utc(mail.receivedAt / 1000)
        let fields = [
            ("From", mail.from), ("To", to), ("Cc", mail.copies.joined(separator: ", ")),
            ("Bcc", mail.hidden.joined(separator: ", ")), ("Reply-To", mail.replyTo.joined(separator: ", ")),
            ("Received", at), ("Configuration set", mail.configurationSet ?? ""),
            ("Tags", mail.tags.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: ", ")),
        ]
        headers = fields.filter { !$0.1.isEmpty }.map { Header(name: $0.0, value: $0.1) }
        text = mail.text
        hasHTML = mail.html != nil
    }
}
