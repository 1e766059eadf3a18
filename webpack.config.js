// Builds the page from www/ to dist/: relative addresses only, so that it works in any folder.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import CssMinimizerPlugin from "css-minimizer-webpack-plugin";
import HtmlWebpackPlugin from "html-webpack-plugin";
import MiniCssExtractPlugin from "mini-css-extract-plugin";
import webpack from "webpack";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** A group of chunks with all that it loads itself, workers too. */
const within = (group) => [group, ...[...group.childrenIterable, ...group.asyncEntrypointsIterable].flatMap(within)];

/** Writes the service worker with the list of files of this build and a version made from their contents. */
class ServiceWorkerPlugin {
  apply(compiler) {
    compiler.hooks.thisCompilation.tap("ServiceWorker", (compilation) => {
      const stage = webpack.Compilation.PROCESS_ASSETS_STAGE_REPORT;
      compilation.hooks.processAssets.tap({ name: "ServiceWorker", stage }, (assets) => {
        // The chain reader needs the network anyway, and the sections for those who judge markets are large: they are kept when they are first used.
        const groups = ["chain", "sim", "ceiling", "oracles", "report"].flatMap((name) => within(compilation.namedChunkGroups.get(name)));
        const isLater = (chunk) => [...chunk.groupsIterable].every((group) => groups.includes(group));
        const chunks = [...compilation.chunks];
        const filesOf = (some) => new Set(some.flatMap((chunk) => [...chunk.files, ...chunk.auxiliaryFiles]));
        const [first, later] = [filesOf(chunks.filter((chunk) => !isLater(chunk))), filesOf(chunks.filter(isLater))];
        const isKept = (name) => !/\.(map|txt)$/.test(name) && (first.has(name) || !later.has(name));
        const names = Object.keys(assets).filter(isKept).sort();
        const hash = createHash("sha256");
        for (const name of names) hash.update(name).update(assets[name].buffer());
        const head = `const ASSETS = ${JSON.stringify(["./", ...names])};\nconst VERSION = "${hash.digest("hex").slice(0, 16)}";\n`;
        const source = head + readFileSync(here("www/service-worker.js"), "utf8");
        compilation.emitAsset("service-worker.js", new webpack.sources.RawSource(source));
      });
      compilation.fileDependencies.add(here("www/service-worker.js"));
    });
  }
}

export default (_env, { mode = "production" }) => ({
  mode,
  entry: { page: here("www/main.tsx") },
  output: {
    path: here("dist"),
    filename: "[name].[contenthash:8].js",
    chunkFilename: "[name].[contenthash:8].js",
    assetModuleFilename: "[name].[contenthash:8][ext]",
    publicPath: "auto",
    clean: true,
  },
  resolve: {
    extensions: [".tsx", ".ts", ".js"],
    // The page uses the package as its consumers do: by its public entries.
    alias: {
      "llamath/web": here("pkg/web.js"),
      "llamath/risk/web": here("pkg/risk-web.js"),
      "llamath/risk/sweep": here("pkg/sweep.js"),
    },
  },
  module: {
    rules: [
      { test: /\.tsx?$/, loader: "ts-loader", options: { configFile: here("www/tsconfig.json"), onlyCompileBundledFiles: true } },
      // The manifest's sideEffects speaks of the package; without this the style sheet would be shaken off.
      { test: /\.css$/, sideEffects: true, use: [MiniCssExtractPlugin.loader, "css-loader"] },
    ],
  },
  optimization: {
    minimizer: ["...", new CssMinimizerPlugin()],
    // The sections that share a style sheet would each get a copy of it.
    splitChunks: { cacheGroups: { desk: { name: "desk", type: "css/mini-extract", test: /desk[\\/]desk\.css$/, enforce: true } } },
  },
  plugins: [
    new MiniCssExtractPlugin({ filename: "[name].[contenthash:8].css" }),
    new HtmlWebpackPlugin({ template: here("www/index.html"), favicon: here("www/icon.svg") }),
    new ServiceWorkerPlugin(),
  ],
  // The line for Node's workers; browsers never come there.
  ignoreWarnings: [{ module: /pkg[\\/]sweep\.js$/, message: /Critical dependency/ }],
  devServer: { static: false, hot: false, liveReload: true },
  performance: { maxEntrypointSize: 150_000, maxAssetSize: 600_000 },
  devtool: mode === "production" ? false : "source-map",
});
