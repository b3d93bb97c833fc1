package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.torch.data.DataCatalog;
import dev.glissade.torch.data.DataFetcher;
import dev.glissade.torch.data.DataSet;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `data fetch`: brings data sets here.
@Command(
    name = "fetch",
    description =
        "Download data sets from where they are published, and check them. What is there already is"
            + " left alone; a download that was cut off goes on where it stopped.",
    footer = {
      "",
      "Examples:",
      "  ./glissade data fetch mnist cifar10",
      "  ./glissade data fetch all --data /big/disk",
      "",
      "Behind a proxy:"
          + " GLISSADE_JAVA_OPTIONS='-Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT"
          + " -Dhttp.proxyHost=HOST -Dhttp.proxyPort=PORT'"
    })
final class DataFetchCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      description = "Data sets, as in ./glissade data list; or all that can be downloaded.")
  private List<String> names = List.of();

  @Mixin private final DataOption data = new DataOption();

  DataFetchCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, FailureException {
    List<DataSet> dataSets =
        names.equals(List.of("all"))
            ? DataCatalog.all().stream().filter(dataSet -> !dataSet.isByHand()).toList()
            : names.stream().distinct().map(DataCatalog::find).toList();
    Download download = new Download(context, new DataFetcher(data.folder(context)));
    for (DataSet dataSet : dataSets) {
      context.console().onInterrupt("Stopped. Go on with: " + data.fetch(String.join(" ", names)));
      download.run(dataSet);
    }
    return 0;
  }
}
