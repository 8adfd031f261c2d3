import ArgumentParser
import Hummingbird

@main
struct MuseSandbox: AsyncParsableCommand {
    func run() async throws {}
}
