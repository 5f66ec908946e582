// Starts the server, and tells the builds where it is. postbuild finds it in the context that Invoker hands to both.
import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer

byte[] weights = new File(basedir, '../../../src/main/resources/io/transferlearning/weights/source/squeezenet1_1.imagenet.safetensors').bytes
def requests = Collections.synchronizedList([])
def server = HttpServer.create(new InetSocketAddress('127.0.0.1', 0), 0)

server.createContext('/') { HttpExchange exchange ->
  String path = exchange.requestURI.path
  String range = exchange.requestHeaders.getFirst('Range')
  requests << "$path $range".toString()
  if (path == '/gone.safetensors') {
    exchange.sendResponseHeaders(404, -1)
    exchange.close()
    return
  }
  int from = range == null ? 0 : (range =~ /bytes=(\d+)-/)[0][1] as int
  exchange.responseHeaders.set('ETag', '"squeezenet"')
  if (from > 0) {
    exchange.responseHeaders.set('Content-Range', "bytes $from-${weights.length - 1}/${weights.length}")
  }
  exchange.sendResponseHeaders(from > 0 ? 206 : 200, weights.length - from)
  // The first answer of this path breaks off in the middle.
  boolean cut = path == '/cut.safetensors' && from == 0
  exchange.responseBody.write(weights, from, cut ? weights.length.intdiv(2) : weights.length - from)
  exchange.responseBody.flush()
  exchange.close()
}
server.start()
context.put('server', server)
context.put('requests', requests)

def config = new File(basedir, '.mvn/maven.config')
config.parentFile.mkdirs()
config.text = "-Dserver=http://127.0.0.1:${server.address.port}\n"
true
