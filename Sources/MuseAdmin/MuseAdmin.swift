import ArgumentParser
import MuseShared

@main
struct MuseAdmin: AsyncParsableCommand {
    func run() async throws {}
}
