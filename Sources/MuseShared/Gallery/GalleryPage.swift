/// Every component in each of its states, and the way to every page and letter with canned content.
struct GalleryPage: Page {
    static let template = "gallery/gallery-page"

    struct Shelf: Encodable, Sendable {
        let setName: String
        let samples: [Link]
    }

    struct Link: Encodable, Sendable {
        let href: String
        let sampleName: String
        let variant: String
    }

    let title = "Gallery"
    let drawings = [
        "cup", "glass", "plate", "bowl", "bottle", "pastry", "instrument", "vinyl", "candle", "ticket",
    ]
    let sets: [Shelf]

    init(_ samples: GallerySamples) {
        let pages = samples.pages.map { sample in
            Link(
                href: "/gallery/pages/\(sample.template)?sample=\(sample.state)",
                sampleName: Self.name(sample.template),
                variant: sample.state)
        }
        let letters = samples.emails.flatMap { sample in
            let name = sample.template.split(separator: "/").last.map(String.init) ?? sample.template
            return ["html", "txt"].map {
                Link(href: "/gallery/emails/\(name).\($0)", sampleName: Self.name(name), variant: $0)
            }
        }
        sets = [Shelf(setName: "Pages", samples: pages), Shelf(setName: "Letters", samples: letters)]
    }

    /// `orders/order-page` → `Order`.
    private static func name(_ template: String) -> String {
        let last = template.split(separator: "/").last ?? ""
        let words = last.split(separator: "-").filter { $0 != "page" }.joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
