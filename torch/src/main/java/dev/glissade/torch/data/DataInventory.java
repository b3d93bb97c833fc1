package dev.glissade.torch.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// An inventory of what there is of a data set, not yet whether it is right.
///
/// @param dataSet which
/// @param files downloads and parts that are there
/// @param missing parts that are neither there themselves nor in a download that is
public record DataInventory(DataSet dataSet, List<Path> files, List<DataSet.Part> missing) {

  public DataInventory {
    files = List.copyOf(files);
    missing = List.copyOf(missing);
  }

  /// Looks into the folder for the files of a data set.
  public static DataInventory of(DataSet dataSet, DataFolder folder) {
    Set<Path> files = new LinkedHashSet<>();
    List<DataSet.Part> missing = new ArrayList<>(dataSet.parts());
    for (DataFile download : dataSet.downloads()) {
      Path file = folder.of(dataSet.name()).resolve(download.name());
      if (Files.isRegularFile(file)) {
        files.add(file);
        missing.removeAll(dataSet.partsIn(download));
      }
    }
    for (DataSet.Part part : dataSet.parts()) {
      List<Path> found = folder.files(dataSet.name(), part.name());
      files.addAll(found);
      if (!found.isEmpty()) {
        missing.remove(part);
      }
    }
    return new DataInventory(dataSet, List.copyOf(files), missing);
  }

  /// The number of training batches of the data set; 0 if it is not divided into any.
  public long batches() {
    return dataSet.parts().stream().filter(DataSet.Part::batch).count();
  }

  /// The number of training batches that are there.
  public long batchesFound() {
    return batches() - missing.stream().filter(DataSet.Part::batch).count();
  }

  /// Whether a problem can be made of what is there.
  public boolean isUsable() {
    return missing.stream().allMatch(DataSet.Part::batch) && (batches() == 0 || batchesFound() > 0);
  }
}
