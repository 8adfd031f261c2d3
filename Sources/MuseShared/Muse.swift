import AsyncHTTPClient
import Configuration
import CryptoExtras
import CZlib
import GRDB
import Hummingbird
import Mustache
