import Foundation
import Mustache

/// A message's three texts.
struct RenderedEmail: Sendable, Equatable {
    let subject: String
    let text: String
    let html: String
}

/// The templates of all messages: `Templates/emails/<name>.html.mustache` and `.txt.mustache`.
public struct EmailTemplates: Sendable {
    private let library: MustacheLibrary

    /// - Throws: the first template that is no Mustache, or ``EmailTemplateMissing``.
    public static func shipped() throws -> EmailTemplates {
        guard let folder = Bundle.module.url(forResource: "Templates", withExtension: nil) else {
            throw EmailTemplateMissing(name: "Templates")
        }
        return try EmailTemplates(folder: folder)
    }

    /// - Parameter folder: holds `emails/` and the partials that they use.
    init(folder: URL) throws {
        var library = MustacheLibrary()
        let suffix = ".mustache"
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        for file in files where file.hasSuffix(suffix) {
            let name = String(file.dropLast(suffix.count))
            let source = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            // Plain text is shown as it is: escaping would write &amp; into a letter.
            let needsPragma = name.hasSuffix(".txt") && !source.hasPrefix("{{% CONTENT_TYPE")
            try library.register(needsPragma ? "{{% CONTENT_TYPE: TEXT}}" + source : source, named: name)
        }
        for template in EmailTemplate.allCases {
            for part in ["html", "txt"] where library.getTemplate(named: "emails/\(template.rawValue).\(part)") == nil {
                throw EmailTemplateMissing(name: "emails/\(template.rawValue).\(part)\(suffix)")
            }
        }
        self.library = library
    }

    /// Nil if the template is unknown or the data has no subject: a row that no attempt will ever get out.
    func render(_ template: String, data: EmailValue, orderURL: String?) -> RenderedEmail? {
        guard let subject = data["subject"]?.text, var values = data.forTemplate as? [String: Any] else { return nil }
        if let orderURL { values["orderHref"] = orderURL }
        guard let text = library.render(values, withTemplate: "emails/\(template).txt"),
            let html = library.render(values, withTemplate: "emails/\(template).html")
        else { return nil }
        return RenderedEmail(subject: subject, text: String(text.trimmingPrefix(while: \.isNewline)), html: html)
    }
}

/// A file that belongs to the program is not there.
struct EmailTemplateMissing: Error, CustomStringConvertible {
    let name: String

    var description: String { "\(name) is missing." }
}
