package dev.glissade.torch.data;

import dev.glissade.file.Safetensors;
import dev.glissade.internal.Suggestions;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// The data sets that can be fetched and verified. To add one, add it to the list here.
///
/// Checksums of the downloads: as published with the data sets, or where only an MD5 sum is, as in
/// the loaders of torchvision and of TensorFlow Datasets. Checksums of the parts: of the unpacked
/// downloads.
public final class DataCatalog {

  private static final List<String> IDX_FILES =
      List.of(
          "train-images-idx3-ubyte",
          "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte",
          "t10k-labels-idx1-ubyte");

  private static final List<DataSet> ALL =
      List.of(mnist(), fashion(), kmnist(), cifar10(), vgg19(), squeezenet());

  private DataCatalog() {}

  /// Every data set that Glissade knows.
  public static List<DataSet> all() {
    return ALL;
  }

  /// The data set of that name.
  ///
  /// @throws IllegalArgumentException if there is none; the message lists those that there are
  public static DataSet find(String name) {
    return ALL.stream()
        .filter(dataSet -> dataSet.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                Suggestions.unknown("data set", name, ALL.stream().map(DataSet::name).toList())));
  }

  private static DataSet mnist() {
    return idx(
        "mnist",
        "70,000 handwritten digits, 28 x 28, grey",
        "CC BY-SA 3.0; cite LeCun, Bottou, Bengio, Haffner 1998",
        List.of(
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/"),
        new long[] {9_912_422, 28_881, 1_648_877, 4_542},
        List.of(
            "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
            "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
            "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
            "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"),
        List.of(
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));
  }

  private static DataSet fashion() {
    return idx(
        "fashion-mnist",
        "70,000 pictures of clothes in the format of MNIST",
        "MIT; cite Xiao, Rasul, Vollgraf 2017",
        List.of(
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
        new long[] {26_421_880, 29_515, 4_422_102, 5_148},
        List.of(
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"),
        List.of(
            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));
  }

  private static DataSet kmnist() {
    return idx(
        "kmnist",
        "70,000 cursive Japanese characters in the format of MNIST",
        "CC BY-SA 4.0; cite Clanuwat et al. 2018",
        List.of("http://codh.rois.ac.jp/kmnist/dataset/kmnist/"),
        new long[] {18_165_135, 29_497, 3_041_136, 5_120},
        List.of(
            "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4",
            "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17",
            "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5",
            "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c"),
        List.of("", "", "", ""));
  }

  /// A data set of four gzip-compressed idx files.
  ///
  /// @param folders where they are offered: by the publisher, then by mirrors
  private static DataSet idx(
      String name,
      String summary,
      String licence,
      List<String> folders,
      long[] bytes,
      List<String> packed,
      List<String> unpacked) {
    List<DataFile> downloads = new ArrayList<>();
    List<DataSet.Part> parts = new ArrayList<>();
    for (int i = 0; i < IDX_FILES.size(); i++) {
      String file = IDX_FILES.get(i) + ".gz";
      List<URI> addresses = folders.stream().map(folder -> URI.create(folder + file)).toList();
      downloads.add(new DataFile(file, addresses, bytes[i], packed.get(i)));
      parts.add(new DataSet.Part(IDX_FILES.get(i), unpacked.get(i), false));
    }
    return new DataSet(name, summary, licence, IdxFiles::check, downloads, parts);
  }

  private static DataSet cifar10() {
    return new DataSet(
        "cifar10",
        "60,000 photos of ten classes, 32 x 32, in colour",
        "none stated; cite Krizhevsky 2009",
        CifarFiles.OFFICIAL::check,
        List.of(
            new DataFile(
                CifarFiles.ARCHIVE,
                List.of(URI.create("https://www.cs.toronto.edu/~kriz/" + CifarFiles.ARCHIVE)),
                170_052_171,
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")),
        List.of(
            new DataSet.Part(
                "data_batch_1.bin",
                "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
                true),
            new DataSet.Part(
                "data_batch_2.bin",
                "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
                true),
            new DataSet.Part(
                "data_batch_3.bin",
                "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
                true),
            new DataSet.Part(
                "data_batch_4.bin",
                "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
                true),
            new DataSet.Part(
                "data_batch_5.bin",
                "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
                true),
            new DataSet.Part(
                "test_batch.bin",
                "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
                false)));
  }

  private static DataSet vgg19() {
    return weights(
        "vgg19",
        "weights of VGG-19, for neural art with finer strokes than the network that ships gives",
        "CC BY 4.0, cite Simonyan, Zisserman 2014",
        new DataSet.Part(
            "vgg19_conv1_1-conv5_1.safetensors",
            "baa3c50016342fb2885a6dca462a3556087e997f37690c1dd96b60c780b25c24",
            false));
  }

  private static DataSet squeezenet() {
    return weights(
        "squeezenet",
        "weights of SqueezeNet 1.1, for neural art",
        "BSD-2-Clause and MIT; cite Iandola et al. 2016",
        new DataSet.Part(
            "squeezenet_v1.1_features.safetensors",
            "921219a484de4406ef8230946cb4d8f0884b8b4b642b326a7aca09891a6ee028",
            false));
  }

  /// Weights of a network, which nobody offers in the format that is read here.
  private static DataSet weights(
      String name, String summary, String licence, DataSet.Part... files) {
    return new DataSet(name, summary, licence, Safetensors::read, List.of(), List.of(files));
  }
}
