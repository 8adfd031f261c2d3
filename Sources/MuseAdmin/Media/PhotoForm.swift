import Hummingbird
import MuseShared

/// What the form of a photo brings: a file, what is to be seen on it, or the wish to take it away.
struct PhotoForm: Sendable {
    /// Nil when none was chosen.
    let file: [UInt8]?
    /// As it was typed.
    let alt: String?
    let isRemoval: Bool

    private struct Body: Decodable {
        let alt: String?
        let remove: Bool?
    }

    /// - Throws: 400 and 415 for what is no form.
    init(_ request: Request, _ context: StaffContext) async throws {
        guard request.isMultipart else {
            let body = try await request.input(Body.self, context)
            file = nil
            alt = body.alt
            isRemoval = body.remove ?? false
            return
        }
        let form = try await request.multipartForm(context)
        let fields = form.fields
        let sent = form.file("photo")
        let isChosen = form.parts.contains { $0.name == "photo" && $0.fileName?.isEmpty == false }
        // A file that was chosen and is empty is a mistake to be told; the field left alone is none.
        file = isChosen ? sent : sent.flatMap { $0.isEmpty ? nil : $0 }
        alt = fields.first("alt")
        isRemoval = fields.first("remove") == "true"
    }

    /// - Throws: 422 on `alt`.
    static func cleanAlt(_ text: String) throws(Problem) -> String {
        try PlainText.clean(text, field: "alt", maximum: AttachPhoto.longestAlt)
    }
}
