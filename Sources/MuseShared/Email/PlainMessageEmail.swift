/// A message in a person's own words, from staff to a guest.
struct PlainMessageEmail: EmailContent {
    static let template = EmailTemplate.plainMessage

    struct Paragraph: Codable, Sendable, Equatable {
        let lines: [String]
    }

    let subject: String
    /// The words as they were typed, for the plain part.
    let text: String
    /// The same for the HTML part; a blank line ends a paragraph.
    let paragraphs: [Paragraph]
    /// What a mailbox shows beside the subject.
    let preheader: String
    let venueAddress: String
    let venuePhone: String
    let reason: String

    /// - Parameter html: of its markup nothing is kept, only the words: they stand in the HTML part instead of `text`.
    init(subject: String, text: String, html: String?, isAboutOrder: Bool, venue: Venue) {
        self.subject = subject
        self.text = text
        let words = html.map(MarkupText.words(of:)) ?? ""
        paragraphs = Self.paragraphs(of: words.isEmpty ? text : words)
        preheader = String(text.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(90))
        venueAddress = "\(venue.street), \(venue.city)"
        venuePhone = venue.phone
        reason = isAboutOrder ? LetterReason.ordered : LetterReason.guest
    }

    private static func paragraphs(of text: String) -> [Paragraph] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .split { $0.allSatisfy(\.isWhitespace) }
            .map { Paragraph(lines: $0.map(String.init)) }
    }
}
