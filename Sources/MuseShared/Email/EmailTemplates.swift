/// A message's three texts.
struct RenderedEmail: Sendable, Equatable {
    let subject: String
    let text: String
    let html: String
}

/// The templates of all messages: `Templates/emails/<name>.html.mustache` and `.txt.mustache`.
public struct EmailTemplates: Sendable {
    private let renderer: PageRenderer
    private let links: OrderLinks

    /// - Throws: ``EmailTemplateMissing``, so that a program never starts with letters that it can't write.
    public init(renderer: PageRenderer, links: OrderLinks) throws {
        for template in EmailTemplate.allCases {
            for name in [Self.html(template.rawValue), Self.text(template.rawValue)] where !renderer.has(name) {
                throw EmailTemplateMissing(name: name)
            }
        }
        self.renderer = renderer
        self.links = links
    }

    /// Nil if the template is unknown or the data has no subject: a row that no attempt will ever get out.
    func render(_ template: String, data: EmailValue, orderID: String?) throws -> RenderedEmail? {
        guard let subject = data["subject"]?.text, EmailTemplate(rawValue: template) != nil else { return nil }
        let values = data.adding("orderHref", orderID.map { .text(links.url(for: $0)) } ?? .null).withoutEmptyTexts
        let text = try renderer.text(Self.text(template), values)
        return RenderedEmail(
            subject: subject, text: String(text.trimmingPrefix(while: \.isNewline)),
            html: try renderer.text(Self.html(template), values))
    }

    private static func html(_ name: String) -> String { "emails/\(name).html" }
    private static func text(_ name: String) -> String { "emails/\(name).txt" }
}

/// A file that belongs to the program is not there.
struct EmailTemplateMissing: Error, CustomStringConvertible {
    let name: String

    var description: String { "The template \(name) is missing." }
}
