import Foundation

/// Canned content for every page and letter: `Samples/<template>.json`, or `Samples/<template>.<state>.json`.
struct GallerySamples: Sendable {
    struct Sample: Sendable {
        /// Path of the template, such as `orders/order-page` or `emails/order-ready`.
        let template: String
        /// `typical` where the file's name has none.
        let state: String
        let file: URL

        fileprivate var order: (String, String) { (template, state == GallerySamples.ordinary ? "" : state) }

        func content() throws -> EmailValue {
            try EmailValue(json: String(contentsOf: file, encoding: .utf8))
        }
    }

    static let ordinary = "typical"
    private static let letters = "emails/"

    /// In the order of templates and states, the typical one first.
    let samples: [Sample]

    init(folders: SiteFolders) throws {
        let suffix = ".json"
        samples = try folders.files(in: "Samples", suffix: suffix).map { path, file in
            let parts = path.dropLast(suffix.count).split(separator: ".", maxSplits: 1).map(String.init)
            return Sample(template: parts.first ?? path, state: parts.count == 2 ? parts[1] : Self.ordinary, file: file)
        }.sorted { $0.order < $1.order }
    }

    var pages: [Sample] { samples.filter { !$0.template.hasPrefix(Self.letters) } }
    var emails: [Sample] { samples.filter { $0.template.hasPrefix(Self.letters) } }

    func page(_ template: String, state: String) -> Sample? {
        pages.first { $0.template == template && $0.state == state }
    }

    /// - Parameter name: of the letter, such as `order-ready`.
    func email(_ name: String) -> Sample? {
        emails.first { $0.template == Self.letters + name }
    }
}
