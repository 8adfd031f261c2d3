@testable import MuseShared

/// A program's canned content with the templates that show it.
public struct SampleFolder {
    public struct Sample {
        public let template: String
        public let state: String
        public let content: EmailValue
    }

    public let samples: [Sample]

    public init(program: String) throws {
        samples = try GallerySamples(folders: TemplateFolders.source(of: program)).samples.map {
            Sample(template: $0.template, state: $0.state, content: try $0.content())
        }
    }

    /// Where the samples of a template differ from its values.
    public func differences(_ template: String, from shape: ViewShape) throws -> [String] {
        let mine = samples.filter { $0.template == template }
        guard !mine.isEmpty else { return ["there is no sample of \(template)"] }
        return try mine.flatMap { sample in
            try shape.differences(from: sample.content).map { "\(sample.state): \($0)" }
        }
    }
}
