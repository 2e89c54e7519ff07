exports.handler = async () => ({ hookStatus: "SUCCEEDED" });
