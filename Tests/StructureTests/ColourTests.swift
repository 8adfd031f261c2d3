import Foundation
import Testing

/// The tokens of colour hold the contrast that they promise, by day and by night.
@Suite struct ColourTests {
    private struct Pair {
        let front: String
        let ground: String
        let least: Double
    }

    private static let css =
        (try? String(
            contentsOf: ProjectFile.root.appending(path: "Sources/MuseShared/Public/css/tokens.css"), encoding: .utf8))
        ?? ""

    private static var pairs: [Pair] {
        css.matches(of: /@pair ([\w-]+) ([\w-]+) ([\d.]+)/).compactMap { match in
            Double(match.output.3).map {
                Pair(front: String(match.output.1), ground: String(match.output.2), least: $0)
            }
        }
    }

    /// The first block is the day's; the night's changes some of it.
    private static func colours(dark: Bool) -> [String: String] {
        let parts = css.components(separatedBy: "prefers-color-scheme: dark")
        return (dark ? parts : Array(parts.prefix(1))).reduce(into: [:]) { found, part in
            for match in part.matches(of: /--([\w-]+): #([0-9a-f]{6});/) {
                found[String(match.output.1)] = String(match.output.2)
            }
        }
    }

    /// Relative luminance by WCAG 2.2.
    private static func luminance(_ hex: String) throws -> Double {
        let value = try #require(Int(hex, radix: 16))
        let channels = [16, 8, 0].map { shift -> Double in
            let part = Double((value >> shift) & 0xff) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    }

    @Test(arguments: [false, true])
    func `every pair has its contrast`(dark: Bool) throws {
        let colours = Self.colours(dark: dark)
        #expect(Self.pairs.count >= 20)
        for pair in Self.pairs {
            let front = try Self.luminance(#require(colours[pair.front], "no colour \(pair.front)"))
            let ground = try Self.luminance(#require(colours[pair.ground], "no colour \(pair.ground)"))
            let contrast = (max(front, ground) + 0.05) / (min(front, ground) + 0.05)
            #expect(contrast >= pair.least, "\(pair.front) on \(pair.ground): \(contrast)")
        }
    }

    @Test func `text that is read is never promised less than 4.5`() {
        let text: Set = [
            "ink", "ink-soft", "accent", "accent-ink", "positive", "warning", "danger", "danger-ink", "note-ink",
        ]
        #expect(Self.pairs.filter { text.contains($0.front) && $0.least < 4.5 }.map(\.front) == [])
    }
}
